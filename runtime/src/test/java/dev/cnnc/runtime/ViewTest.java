package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewTest {

  @ParameterizedTest
  @CsvSource({
    "1,4,5,1,5,1",
    "1,4,5,1,9,1",
    "1,4,5,16,90,1",
    "3,4,5,3,15,1",
    "3,4,5,4,28,1",
    "3,1,1,3,3,1",
    "2,3,7,2,14,1",
    "5,3,2,8,20,1",
    "17,1,1,17,17,1",
    "17,1,1,32,32,1",
    "4,1,6,4,24,1",
    "3,4,5,1,5,20",
    "3,4,5,1,8,40",
    "6,1,1,1,1,1"
  })
  void goesInAndOut(int channels, int height, int width, int pixel, int line, int plane) {
    View view = new View(11, channels, height, width, pixel, line, plane);
    float[] values = new float[view.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] = index + 1;
    }
    float[] arena = new float[11 + height * line + pixel + channels * plane];
    view.in(values, arena);
    double sum = 0;
    for (float value : arena) {
      sum += value;
    }
    assertThat(sum).as("nothing beside").isEqualTo(view.size() * (view.size() + 1) / 2.0);
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          assertThat(arena[11 + channel * plane + row * line + column * pixel])
              .isEqualTo(values[(channel * height + row) * width + column]);
        }
      }
    }
    float[] back = new float[view.size()];
    view.out(arena, back);
    assertThat(back).containsExactly(values);
  }
}
