package dev.cnnc.compiler.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DifferenceTest {

  private static Difference between(double expected, float actual) {
    return Difference.between(new double[] {expected}, new float[] {actual});
  }

  @Test
  void equalNumbersDoNotDiffer() {
    assertThat(between(0.1f, 0.1f)).isEqualTo(new Difference(0, 0, 0.1f));
    assertThat(between(0.0, -0.0f)).isEqualTo(new Difference(0, 0, 0));
  }

  @Test
  void theNextFloatIsOneUnitOfTheLastPlaceOff() {
    assertThat(between(1.5, Math.nextUp(1.5f)).ulps()).isEqualTo(1);
    assertThat(between(-3e-20f, Math.nextDown(-3e-20f)).ulps()).isEqualTo(1);
    assertThat(between(1.5 + 0x1p-25, 1.5f).ulps()).isEqualTo(0.25);
    assertThat(between(1.5, 1.5f + 10 * Math.ulp(1.5f)).ulps()).isEqualTo(10);
  }

  @Test
  void nearZeroTheUnitIsThatOfASixteenthOfTheLargest() {
    double[] expected = {16, 1e-9, 1.5};
    Difference near = Difference.between(expected, new float[] {16, Math.ulp(1f), 1.5f});
    assertThat(near.ulps()).isCloseTo(1, within(0.01));
    Difference above = Difference.between(expected, new float[] {16, 1e-9f, Math.nextUp(1.5f)});
    assertThat(above.ulps()).isEqualTo(1);
  }

  @Test
  void eachNumberIsTheWorstOfItsKind() {
    // The first is further off, the second by more units of its last place.
    Difference difference =
        Difference.between(
            new double[] {8, -1, 0}, new float[] {8 + 2 * Math.ulp(8f), -1 - 5 * Math.ulp(1f), 0});
    assertThat(difference.absolute()).isEqualTo(2 * Math.ulp(8f));
    assertThat(difference.ulps()).isEqualTo(5);
    assertThat(difference.largest()).isEqualTo(8);
    assertThat(difference.relative()).isEqualTo(2 * Math.ulp(8f) / 8);
  }

  @Test
  void whatIsNoNumberIsInfinitelyFarFromOne() {
    assertThat(between(1, Float.NaN).absolute()).isInfinite();
    assertThat(between(Double.NaN, 1).absolute()).isInfinite();
    assertThat(between(1, Float.POSITIVE_INFINITY).absolute()).isInfinite();
    assertThat(between(1e39, Float.NEGATIVE_INFINITY).absolute()).isInfinite();
    assertThat(between(1, Float.NaN).relative()).isInfinite();
  }

  @Test
  void noNumberIsAsGoodAsAnother() {
    assertThat(between(Double.NaN, Float.NaN).absolute()).isZero();
    assertThat(between(1e39, Float.POSITIVE_INFINITY).absolute()).isZero();
    assertThat(between(Double.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY).absolute()).isZero();
    Difference mixed =
        Difference.between(new double[] {Double.NaN, 2}, new float[] {Float.NaN, 2.5f});
    assertThat(mixed).isEqualTo(new Difference(0.5, 0.5 / Math.ulp(2f), 2));
  }

  @Test
  void aNumberWhereThereShouldBeNoneIsInfinitelyFarRelatively() {
    assertThat(between(0, 1e-30f).relative()).isInfinite();
    assertThat(between(0, 0).relative()).isZero();
  }

  @Test
  void listsHaveOneLength() {
    assertThatThrownBy(() -> Difference.between(new double[2], new float[3]))
        .hasMessage("3 numbers instead of 2");
  }
}
