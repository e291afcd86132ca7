package dev.cnnc.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A filter between two matrices of any size. */
class WinogradFilterTest {

  @ParameterizedTest
  @CsvSource({"4, 6, 3, 3", "1, 10, 1, 7", "9, 1, 5, 1", "2, 7, 3, 2"})
  void multipliesFromBothSides(int rows, int columns, int height, int width) {
    SplittableRandom random = new SplittableRandom(3);
    List<Double> left = random.doubles(-1, 1).limit(rows * (long) height).boxed().toList();
    List<Double> right = random.doubles(-1, 1).limit(columns * (long) width).boxed().toList();
    double[] taps = random.doubles(3 + height * width, -1, 1).map(tap -> (float) tap).toArray();
    Recipe stored = new Recipe.Stored("filters", List.of(1, 1, height, width));
    Recipe.Winograd recipe = new Recipe.Winograd(stored, left, right);
    assertThat(recipe.shape()).containsExactly(1, 1, rows, columns);
    WinogradFilter winograd = new WinogradFilter(recipe);
    assertThat(winograd.taps()).isEqualTo(height * width);
    assertThat(winograd.size()).isEqualTo(rows * columns);
    double[] filter = new double[5 + rows * columns];
    winograd.transform(taps, 3, filter, 5);
    for (int i = 0; i < rows * columns; i++) {
      double sum = 0;
      for (int tap = 0; tap < height * width; tap++) {
        double row = left.get(i / columns * height + tap / width);
        sum += row * right.get(i % columns * width + tap % width) * taps[3 + tap];
      }
      assertThat(filter[5 + i]).isCloseTo(sum, within(1e-12));
    }
  }
}
