package dev.cnnc.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageTest {

  @ParameterizedTest
  @CsvSource({
    "F32, 0.1, 0.1",
    "BF16, 1, 1",
    "BF16, -2.5, -2.5",
    // Halfway: to the even one, down and up.
    "BF16, 1.00390625, 1",
    "BF16, 1.01171875, 1.015625",
    "BF16, 1.0039064, 1.0078125",
    "BF16, 3.4e38, 'Infinity'",
    "F16, 1.00048828125, 1",
    "F16, 1.00146484375, 1.001953125",
    "F16, 65504, 65504",
    "F16, 65520, 'Infinity'",
    "F16, -6.0e-8, -5.9604645e-8"
  })
  void roundsToTheNearest(Storage storage, float number, float rounded) {
    assertThat(storage.rounded(number)).isEqualTo(rounded);
  }

  @Test
  void keepsWhatIsRounded() {
    for (Storage storage : new Storage[] {Storage.F16, Storage.BF16}) {
      for (int bits = 0; bits < 1 << Short.SIZE; bits++) {
        float number = storage.decoded((short) bits);
        if (!Float.isNaN(number)) {
          assertThat(storage.encoded(number)).isEqualTo((short) bits);
        }
      }
    }
  }

  @Test
  void isNoFurtherThanHalfADigit() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      float number = (float) random.nextDouble(-4, 4);
      assertThat(Math.abs(Storage.BF16.rounded(number) - number))
          .as("bf16 of %s, seed 1", number)
          .isLessThanOrEqualTo(Math.scalb(1f, Math.getExponent(number) - 8));
      assertThat(Math.abs(Storage.F16.rounded(number) - number))
          .as("f16 of %s, seed 1", number)
          .isLessThanOrEqualTo(Math.scalb(1f, Math.max(Math.getExponent(number), -14) - 11));
    }
  }
}
