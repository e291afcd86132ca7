package dev.cnnc.compiler.plan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the other two transforms of Lavin and Gray, the weights give what a conv gives. */
class MinimalLineTest {

  @ParameterizedTest
  @CsvSource({
    "2, 3, 1", "4, 3, 1", "4, 5, 1", "4, 7, 1", "3, 2, 1", "2, 2, 1", "1, 1, 1",
    "2, 3, 2", "3, 3, 2", "4, 3, 2", "4, 5, 2", "3, 7, 2", "4, 4, 2", "1, 1, 2"
  })
  void givesWhatAConvGives(int outputs, int taps, int stride) {
    MinimalLine line = new MinimalLine(outputs, taps, stride);
    SplittableRandom random = new SplittableRandom(7);
    double[] filter = random.doubles(taps, -1, 1).toArray();
    double[] pixels = random.doubles(line.inputs(), -1, 1).toArray();
    assertThat(line.inputs()).isEqualTo(line.products());
    List<Double> weights = line.matrix();
    assertThat(weights).hasSize(line.weights() * taps);
    double[] results = new double[outputs];
    int product = 0;
    for (MinimalLine.Phase phase : line.phases()) {
      for (int i = 0; i < phase.products(); i++, product++) {
        double weight = 0;
        for (int tap = 0; tap < taps; tap++) {
          weight += weights.get(Math.min(product, line.weights() - 1) * taps + tap) * filter[tap];
        }
        double value = weight * pixel(phase, i, pixels, stride);
        for (int output = 0; output < outputs; output++) {
          results[output] += factor(phase, i, output) * value;
        }
      }
    }
    for (int output = 0; output < outputs; output++) {
      double sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        sum += filter[tap] * pixels[output * stride + tap];
      }
      assertThat(results[output]).isCloseTo(sum, within(1e-12));
    }
  }

  /** Of three taps at a stride of two, the middle one makes its products with one weight. */
  @Test
  void splitsAStrideOfTwo() {
    MinimalLine line = new MinimalLine(4, 3, 2);
    assertThat(line.products()).isEqualTo(9);
    assertThat(line.weights()).isEqualTo(6);
    assertThat(line.longest()).isEqualTo(5);
    assertThat(line.matrix()).startsWith(0.5, 0.0, 0.0).endsWith(0.0, 0.0, 1.0, 0.0, 1.0, 0.0);
  }

  /** One output less spares the product at infinity, and one of each line of one tap. */
  @Test
  void sparesWhatLiesBeyondTheEnd() {
    MinimalLine dense = new MinimalLine(4, 3, 1);
    assertThat(dense.products(8)).isEqualTo(12);
    assertThat(dense.products(14)).isEqualTo(23);
    assertThat(dense.products(13)).isEqualTo(23);
    MinimalLine strided = new MinimalLine(4, 3, 2);
    assertThat(strided.products(8)).isEqualTo(18);
    assertThat(strided.products(7)).isEqualTo(16);
    assertThat(strided.products(5)).isEqualTo(14);
    assertThat(new MinimalLine(1, 1, 1).products(5)).isEqualTo(5);
  }

  /** Of a point, the product of x minus each other point, x^k read as the k-th pixel. */
  private static double pixel(MinimalLine.Phase phase, int product, double[] pixels, int stride) {
    if (phase.taps() == 1) {
      return pixels[phase.first() + product * stride];
    }
    double[] polynomial = new double[phase.products()];
    polynomial[0] = 1;
    for (int k = 0; k < phase.products() - 1; k++) {
      for (int j = polynomial.length - 1; j >= 0 && k != product; j--) {
        double times = j > 0 ? polynomial[j - 1] : 0;
        polynomial[j] = times - MinimalLine.point(k) * polynomial[j];
      }
    }
    double sum = 0;
    for (int j = 0; j < polynomial.length; j++) {
      sum += polynomial[j] * pixels[phase.first() + j * stride];
    }
    return sum;
  }

  /** Powers of the points; the last product counts in the last output alone. */
  private static double factor(MinimalLine.Phase phase, int product, int output) {
    if (phase.taps() == 1) {
      return product == output ? 1 : 0;
    }
    if (product == phase.products() - 1) {
      return output == phase.outputs() - 1 ? 1 : 0;
    }
    return Math.pow(MinimalLine.point(product), output);
  }
}
