package dev.cnnc.compiler.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NonNegativeLeastSquaresTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  @Test
  void factorsThatFitExactlyAreFound() {
    double[][] rows = {{1, 2, 0}, {3, 1, 1}, {0, 5, 2}, {1, 1, 1}};
    assertThat(NonNegativeLeastSquares.solve(rows, new double[] {8, 8.5, 21.5, 6.5}))
        .containsExactly(new double[] {1, 3.5, 2}, CLOSE);
  }

  /** Without the bound the second would be -1, and the first 3. */
  @Test
  void noneIsNegative() {
    double[][] rows = {{1, 1}, {1, 2}, {1, 3}};
    assertThat(NonNegativeLeastSquares.solve(rows, new double[] {2, 1, 0}))
        .containsExactly(new double[] {1, 0}, CLOSE);
  }

  @Test
  void aColumnOfZerosGetsNothing() {
    double[][] rows = {{0, 2}, {0, 4}};
    assertThat(NonNegativeLeastSquares.solve(rows, new double[] {3, 6}))
        .containsExactly(new double[] {0, 1.5}, CLOSE);
  }

  @Test
  void columnsOfDifferentSizesAndTwinsAreFitted() {
    double[][] rows = {{1e12, 1e-6, 1e-6}, {2e12, 3e-6, 3e-6}, {4e12, 1e-6, 1e-6}};
    double[] solved = NonNegativeLeastSquares.solve(rows, new double[] {3, 8, 6});
    assertThat(solved[0] * 1e12).isCloseTo(1, within(1e-4));
    assertThat((solved[1] + solved[2]) * 1e-6).isCloseTo(2, within(1e-4));
  }

  /** The conditions of Kuhn and Tucker: no allowed change of one factor makes the error smaller. */
  @RepeatedTest(50)
  void nothingNearbyIsBetter(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int columns = 1 + random.nextInt(12);
    double[][] rows = new double[columns + random.nextInt(30)][columns];
    double[] numbers = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      numbers[i] = random.nextGaussian() + 1;
      for (int j = 0; j < columns; j++) {
        rows[i][j] = random.nextDouble();
      }
    }
    double[] solved = NonNegativeLeastSquares.solve(rows, numbers);
    for (int j = 0; j < columns; j++) {
      double slope = 0;
      for (int i = 0; i < rows.length; i++) {
        double error = numbers[i];
        for (int k = 0; k < columns; k++) {
          error -= rows[i][k] * solved[k];
        }
        slope += error * rows[i][j];
      }
      assertThat(solved[j]).isNotNegative();
      if (solved[j] > 0) {
        assertThat(slope).isCloseTo(0, CLOSE);
      } else {
        assertThat(slope).isLessThan(1e-6);
      }
    }
  }
}
