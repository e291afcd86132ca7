package dev.cnnc.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the other two transforms of Lavin and Gray, the filter gives what a conv gives. */
class WinogradFilterTest {
  private static final double[][] PIXELS_OF_TWO = {
    {1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}
  };

  private static final double[][] RESULTS_OF_TWO = {{1, 1, 1, 0}, {0, 1, -1, -1}};

  private static final double[][] PIXELS_OF_FOUR = {
    {4, 0, -5, 0, 1, 0},
    {0, -4, -4, 1, 1, 0},
    {0, 4, -4, -1, 1, 0},
    {0, -2, -1, 2, 1, 0},
    {0, 2, -1, -2, 1, 0},
    {0, 4, 0, -5, 0, 1}
  };

  private static final double[][] RESULTS_OF_FOUR = {
    {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}
  };

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void givesWhatAConvGives(int tile) {
    SplittableRandom random = new SplittableRandom(3);
    int side = tile + 2;
    double[] row = random.doubles(12, -1, 1).map(tap -> (float) tap).toArray();
    double[][] pixels = new double[side][];
    for (int i = 0; i < side; i++) {
      pixels[i] = random.doubles(side, -1, 1).toArray();
    }
    double[][] products = around(tile == 2 ? PIXELS_OF_TWO : PIXELS_OF_FOUR, pixels);
    double[] filter = new double[5 + side * side];
    new WinogradFilter(tile).transform(row, 3, filter, 5);
    for (int i = 0; i < side * side; i++) {
      products[i / side][i % side] *= filter[5 + i];
    }
    double[][] results = around(tile == 2 ? RESULTS_OF_TWO : RESULTS_OF_FOUR, products);
    for (int i = 0; i < tile * tile; i++) {
      double sum = 0;
      for (int tap = 0; tap < 9; tap++) {
        sum += row[3 + tap] * pixels[i / tile + tap / 3][i % tile + tap % 3];
      }
      assertThat(results[i / tile][i % tile]).isCloseTo(sum, within(1e-12));
    }
  }

  /** {@code M X M^T}. */
  private static double[][] around(double[][] matrix, double[][] square) {
    double[][] result = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        for (int a = 0; a < square.length; a++) {
          for (int b = 0; b < square.length; b++) {
            result[i][j] += matrix[i][a] * square[a][b] * matrix[j][b];
          }
        }
      }
    }
    return result;
  }
}
