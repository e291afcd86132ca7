package dev.cnnc.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Interpolation.Coordinates;
import dev.cnnc.compiler.ir.Interpolation.Method;
import dev.cnnc.compiler.ir.Interpolation.Rounding;
import dev.cnnc.compiler.ir.Rearrangement.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pixels that are nearest, against the standard's formulas in whole numbers, which this test
 * writes for itself: the reference and the kernels share the places.
 */
class NearestPixelTest {

  /** Sides of which every pair is tried. */
  private static final int SMALL = 40;

  private static final int LARGEST = 512;
  private static final int PAIRS = 150;

  @ParameterizedTest
  @EnumSource(Coordinates.class)
  void ofEveryPairOfSmallSides(Coordinates coordinates) {
    for (int input = 1; input <= SMALL; input++) {
      for (int output = 1; output <= SMALL; output++) {
        check(input, output, coordinates);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Coordinates.class)
  void ofLargeSides(Coordinates coordinates) {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    for (int pair = 0; pair < PAIRS; pair++) {
      check(1 + random.nextInt(LARGEST), 1 + random.nextInt(LARGEST), coordinates);
    }
  }

  private static void check(int input, int output, Coordinates coordinates) {
    for (Rounding rounding : Rounding.values()) {
      List<Integer> right = new ArrayList<>();
      for (int i = 0; i < output; i++) {
        right.add((int) pixel(i, input, output, coordinates, rounding));
      }
      assertThat(nearest(Side.of(output, input), coordinates, rounding, input))
          .as("%s to %s, %s, %s", input, output, coordinates, rounding)
          .isEqualTo(right);
    }
  }

  private static List<Integer> nearest(
      Side side, Coordinates coordinates, Rounding rounding, int input) {
    Interpolation how =
        new Interpolation(Method.NEAREST, coordinates, rounding, -0.75, false, false, 0);
    return Taps.of(side, how, input).lines().stream()
        .map(line -> line.isEmpty() ? -1 : line.getFirst().place())
        .toList();
  }

  private static long pixel(
      long i, long input, long output, Coordinates coordinates, Rounding rounding) {
    boolean single = output == 1;
    return switch (coordinates) {
      case HALF_PIXEL, HALF_PIXEL_SYMMETRIC ->
          pixel((2 * i + 1) * input - output, 2 * output, input, rounding);
      case PYTORCH_HALF_PIXEL ->
          single ? 0 : pixel((2 * i + 1) * input - output, 2 * output, input, rounding);
      case ASYMMETRIC -> pixel(i * input, output, input, rounding);
      case ALIGN_CORNERS -> single ? 0 : pixel(i * (input - 1), output - 1, input, rounding);
      case TF_CROP_AND_RESIZE ->
          single
              ? pixel(input - 1, 2, input, rounding)
              : pixel(i * (input - 1), output - 1, input, rounding);
    };
  }

  /** The pixel at {@code above / below}. */
  private static long pixel(long above, long below, long input, Rounding rounding) {
    long pixel =
        switch (rounding) {
          case FLOOR -> Math.floorDiv(above, below);
          case CEIL -> Math.ceilDiv(above, below);
          case ROUND_PREFER_FLOOR -> Math.ceilDiv(2 * above - below, 2 * below);
          case ROUND_PREFER_CEIL -> Math.floorDiv(2 * above + below, 2 * below);
        };
    return Math.clamp(pixel, 0, input - 1);
  }

  /** {@code floor((i + 0.5) * input / output)}. */
  @Test
  void nearestExactOfPyTorch() {
    for (int input = 1; input <= SMALL; input++) {
      for (int output = 1; output <= SMALL; output++) {
        List<Integer> right = new ArrayList<>();
        for (int i = 0; i < output; i++) {
          right.add(Math.min(input - 1, (2 * i + 1) * input / (2 * output)));
        }
        assertThat(
                nearest(
                    Side.of(output, input),
                    Coordinates.HALF_PIXEL,
                    Rounding.ROUND_PREFER_CEIL,
                    input))
            .as("%s to %s", input, output)
            .isEqualTo(right);
      }
    }
  }

  /** The ratio of another side: what keeps the proportions divides by it. */
  @Test
  void aRatioOfOtherSidesIsExactToo() {
    for (int other = 1; other <= SMALL; other++) {
      for (int length = 1; length <= SMALL; length++) {
        Side side = new Side(60, (double) length / other, 0, 1);
        List<Integer> right = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
          right.add(Math.clamp((long) i * other / length, 0, 99));
        }
        assertThat(nearest(side, Coordinates.ASYMMETRIC, Rounding.FLOOR, 100))
            .as("%s / %s", length, other)
            .isEqualTo(right);
      }
    }
  }

  /** The last pixel of the picture is not beyond it, however a part is written. */
  @ParameterizedTest
  @CsvSource({"0.1, 1", "0.3, 1", "0.2, 0.8", "0.7, 0.1", "0, 0.9"})
  void aPartEndsOnItsPixel(String from, String to) {
    int input = 11;
    for (int output = 2; output <= 64; output++) {
      Side side =
          new Side(
              output, (double) output / input, Double.parseDouble(from), Double.parseDouble(to));
      List<Integer> right = new ArrayList<>();
      for (int i = 0; i < output; i++) {
        BigInteger first = new BigDecimal(from).scaleByPowerOfTen(1).toBigIntegerExact();
        BigInteger last = new BigDecimal(to).scaleByPowerOfTen(1).toBigIntegerExact();
        long above = first.longValue() * (output - 1) + i * last.subtract(first).longValue();
        right.add((int) pixel(above, output - 1, input, Rounding.CEIL));
      }
      assertThat(nearest(side, Coordinates.TF_CROP_AND_RESIZE, Rounding.CEIL, input))
          .as("%s pixels", output)
          .isEqualTo(right);
    }
  }

  /** What a file says in floats is computed in floats: {@code 7 / 0.7f} is 10, and not more. */
  @ParameterizedTest
  @CsvSource({"0.7, 10, 7", "0.6, 10, 6", "1.2857143, 14, 18", "0.33333334, 300, 100"})
  void aFactorOfAFileIsAFloat(float factor, int input, int length) {
    assertThat(Side.length(factor, input)).isEqualTo(length);
    Side side = new Side(length, factor, 0, 1);
    List<Integer> right = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      right.add(Math.clamp((long) Math.ceil(i / factor), 0, input - 1));
    }
    assertThat(nearest(side, Coordinates.ASYMMETRIC, Rounding.CEIL, input)).isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource({"0.7, 7, 10", "0.3333333333333333, 1, 3", "1.2857142857142858, 9, 7", "-2.5, -5, 2"})
  void aFractionIsTheSimplestThatRoundsToANumber(double number, long above, long below) {
    assertThat(Fraction.near(number)).isEqualTo(Fraction.of(above, below));
  }
}
