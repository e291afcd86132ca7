package dev.cnnc.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Activation.Quantize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions with steps, where a step begins. */
class StepsTest {

  private static Double of(Activation function, double x) {
    return function.of(x, new DoubleArithmetic()) + 0.0;
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0, 0, 1, 1",
    "1.5, 2, 1, 2, 1",
    "-0.5, 0, -1, 0, -1",
    "-2.5, -2, -3, -2, -1",
    "1e-45, 0, 0, 1, 1",
    "-1e-45, 0, -1, 0, -1",
    "4194304.5, 4194304, 4194304, 4194305, 1",
    "3e38, 3e38, 3e38, 3e38, 1",
    "Infinity, Infinity, Infinity, Infinity, 1",
    "NaN, NaN, NaN, NaN, NaN"
  })
  void ofWholeNumbers(double x, Double round, Double floor, Double ceil, Double sign) {
    assertThat(of(Elementary.ROUND, x)).isEqualTo(round);
    assertThat(of(Elementary.FLOOR, x)).isEqualTo(floor);
    assertThat(of(Elementary.CEIL, x)).isEqualTo(ceil);
    assertThat(of(Elementary.SIGN, x)).isEqualTo(sign);
  }

  @ParameterizedTest
  @CsvSource({"0.25, 128, 0", "0.75, 130, 1", "-0.25, 128, 0", "100, 255, 63.5", "-100, 0, -64"})
  void ofAScale(double x, double integer, double number) {
    assertThat(of(new Quantize(0.5, 128, 0, 255, false), x)).isEqualTo(integer);
    assertThat(of(new Quantize(0.5, 128, 0, 255, true), x)).isEqualTo(number);
  }
}
