package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FmaTest {
  private static final int CASES = 2_000_000;
  private static final long SEED = 20261103;

  private static final float[] CORNERS = {
    0f,
    -0f,
    1f,
    -1f,
    Math.nextUp(1f),
    Math.nextDown(1f),
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    0x1p-75f,
    0x1p64f,
    0x1.000002p-64f,
    16_777_215f,
    0.1f
  };

  @Test
  void agreesOnEveryCorner() {
    for (float a : CORNERS) {
      for (float b : CORNERS) {
        for (float c : CORNERS) {
          check(a, b, c);
        }
      }
    }
  }

  @Test
  void agreesOnAnyBits() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int index = 0; index < CASES; index++) {
      check(bits(random), bits(random), bits(random));
    }
  }

  /** Where sums cancel, and where the last bits decide: exponents close to each other. */
  @Test
  void agreesOnNeighbours() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int index = 0; index < CASES; index++) {
      float a = near(random, -20, 20);
      float b = near(random, -20, 20);
      float c = (float) -((double) a * b) * Math.scalb(1f, random.nextInt(-30, 31) / 10);
      check(a, b, c + random.nextInt(-2, 3) * Math.ulp(c));
    }
  }

  /** Results that are subnormal or about to overflow. */
  @Test
  void agreesAtBothEnds() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int index = 0; index < CASES; index++) {
      check(near(random, -80, -60), near(random, -80, -60), near(random, -149, -120));
      check(near(random, 60, 66), near(random, 60, 66), near(random, 120, 128));
    }
  }

  /**
   * The case that tells rounding to odd from rounding twice: the exact sum lies just above the
   * middle of two floats, by less than double shows.
   */
  @Test
  void roundsOnce() {
    float a = 1 + 0x1p-12f;
    float c = 0x1p-90f;
    assertThat((float) ((double) a * a + c)).isNotEqualTo(Math.fma(a, a, c));
    assertThat(Fma.exact(a, a, c)).isEqualTo(Math.fma(a, a, c));
  }

  @Test
  void offersTheSame() {
    assertThat(Fma.fma(0.1f, 0.2f, -0.02f)).isEqualTo(Math.fma(0.1f, 0.2f, -0.02f));
  }

  private static void check(float a, float b, float c) {
    float expected = Math.fma(a, b, c);
    float found = Fma.exact(a, b, c);
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(found)) {
      throw new AssertionError(
          "fma(%a, %a, %a) is %a, not %a; seed %d".formatted(a, b, c, expected, found, SEED));
    }
  }

  private static float bits(SplittableRandom random) {
    return Float.intBitsToFloat(random.nextInt());
  }

  private static float near(SplittableRandom random, int low, int high) {
    float mantissa = 1 + random.nextInt(1 << 23) * 0x1p-23f;
    float value = Math.scalb(mantissa, random.nextInt(low, high));
    return random.nextBoolean() ? value : -value;
  }
}
