package dev.cnnc.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the other two transforms of Lavin and Gray, the filter gives what a conv gives. */
class WinogradFilterTest {

  @ParameterizedTest
  @CsvSource({"2, 2, 3, 3", "4, 4, 3, 3", "4, 4, 5, 5", "1, 4, 1, 7", "4, 1, 7, 1", "3, 2, 2, 5"})
  void givesWhatAConvGives(int rows, int columns, int height, int width) {
    SplittableRandom random = new SplittableRandom(3);
    int taps = height * width;
    double[] row = random.doubles(3 + taps, -1, 1).map(tap -> (float) tap).toArray();
    double[][] pixels = new double[rows + height - 1][];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.doubles(columns + width - 1, -1, 1).toArray();
    }
    double[][] products = around(pixelMatrix(pixels.length), pixels, pixelMatrix(pixels[0].length));
    Recipe stored = new Recipe.Stored("filters", List.of(1, 1, height, width));
    WinogradFilter winograd = new WinogradFilter(new Recipe.Winograd(stored, rows, columns));
    assertThat(winograd.taps()).isEqualTo(taps);
    assertThat(winograd.size()).isEqualTo(pixels.length * pixels[0].length);
    double[] filter = new double[5 + winograd.size()];
    winograd.transform(row, 3, filter, 5);
    for (int i = 0; i < winograd.size(); i++) {
      products[i / pixels[0].length][i % pixels[0].length] *= filter[5 + i];
    }
    double[][] results =
        around(
            resultMatrix(rows, pixels.length), products, resultMatrix(columns, pixels[0].length));
    for (int i = 0; i < rows * columns; i++) {
      double sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        sum += row[3 + tap] * pixels[i / columns + tap / width][i % columns + tap % width];
      }
      assertThat(results[i / columns][i % columns]).isCloseTo(sum, within(1e-12));
    }
  }

  /** Row i: coefficients of the product of x minus each point but the i-th; the last of all. */
  private static double[][] pixelMatrix(int side) {
    double[][] matrix = new double[side][side];
    for (int i = 0; i < side; i++) {
      matrix[i][0] = 1;
      for (int k = 0; k < side - 1; k++) {
        for (int j = side - 1; j >= 0 && k != i; j--) {
          double times = j > 0 ? matrix[i][j - 1] : 0;
          matrix[i][j] = times - Recipe.Winograd.POINTS.get(k) * matrix[i][j];
        }
      }
    }
    return matrix;
  }

  /** Powers of the points, and for the last only the highest. */
  private static double[][] resultMatrix(int outputs, int side) {
    double[][] matrix = new double[outputs][side];
    for (int i = 0; i < outputs; i++) {
      for (int j = 0; j < side - 1; j++) {
        matrix[i][j] = Math.pow(Recipe.Winograd.POINTS.get(j), i);
      }
    }
    matrix[outputs - 1][side - 1] = 1;
    return matrix;
  }

  /** {@code L X R^T}. */
  private static double[][] around(double[][] left, double[][] middle, double[][] right) {
    double[][] result = new double[left.length][right.length];
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right.length; j++) {
        for (int a = 0; a < left[0].length; a++) {
          for (int b = 0; b < right[0].length; b++) {
            result[i][j] += left[i][a] * middle[a][b] * right[j][b];
          }
        }
      }
    }
    return result;
  }
}
