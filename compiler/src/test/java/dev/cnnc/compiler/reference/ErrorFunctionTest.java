package dev.cnnc.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFunctionTest {

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "1e-300, 1.1283791670955126e-300",
    "1e-08, 1.1283791670955126e-08",
    "0.1, 0.1124629160182849",
    "0.5, 0.5204998778130465",
    "1.0, 0.8427007929497149",
    "1.5, 0.9661051464753108",
    "2.0, 0.9953222650189527",
    "2.5, 0.999593047982555",
    "2.9, 0.9999589021219005",
    "2.99, 0.9999764743969194",
    "3.0, 0.9999779095030014",
    "3.01, 0.9999792610363629",
    "3.7, 0.9999998328489421",
    "4.4, 0.999999999510829",
    "5.2, 0.9999999999998075",
    "5.99, 1.0",
    "6.0, 1.0",
    "100.0, 1.0",
    "Infinity, 1"
  })
  void isRightToNearlyTheLastDigit(double x, double expected) {
    Offset<Double> tolerance = Offset.offset(2e-15 * Math.abs(expected));
    assertThat(ErrorFunction.of(x)).isCloseTo(expected, tolerance);
    assertThat(ErrorFunction.of(-x)).isEqualTo(-ErrorFunction.of(x));
  }

  @Test
  void ofNothingIsNothing() {
    assertThat(ErrorFunction.of(Double.NaN)).isNaN();
  }
}
