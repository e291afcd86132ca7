package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsLastTest {

  @ParameterizedTest
  @CsvSource({
    "1,4,5,1,5",
    "1,4,5,1,9",
    "1,4,5,16,90",
    "3,4,5,3,15",
    "3,4,5,4,28",
    "3,1,1,3,3",
    "2,3,7,2,14",
    "5,3,2,8,20",
    "17,1,1,17,17",
    "17,1,1,32,32",
    "4,1,6,4,24"
  })
  void goesInAndOut(int channels, int height, int width, int pixel, int line) {
    View view = new View(11, channels, height, width, pixel, line);
    float[] values = new float[view.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] = index + 1;
    }
    float[] arena = new float[11 + height * line + pixel];
    ChannelsLast.in(values, view, arena);
    double sum = 0;
    for (float value : arena) {
      sum += value;
    }
    assertThat(sum).as("nothing beside").isEqualTo(view.size() * (view.size() + 1) / 2.0);
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          assertThat(arena[11 + row * line + column * pixel + channel])
              .isEqualTo(values[(channel * height + row) * width + column]);
        }
      }
    }
    float[] back = new float[view.size()];
    ChannelsLast.out(arena, view, back);
    assertThat(back).containsExactly(values);
  }
}
