package dev.cnnc.runtime;

/**
 * {@code a * b + c}, rounded once, at a tolerable cost on every machine. Without the instruction,
 * {@link Math#fma} uses {@code BigDecimal}; this class does not, and gives the same bits.
 */
public final class Fma {
  /** Affects speed, never a result. */
  private static final boolean HARDWARE = FmaProbe.hardware();

  private Fma() {}

  /** As {@link Math#fma(float, float, float)}. */
  public static float fma(float a, float b, float c) {
    return HARDWARE ? Math.fma(a, b, c) : exact(a, b, c);
  }

  /** Whether the processor has the instruction, for scalars and for vectors. */
  static boolean hardware() {
    return HARDWARE;
  }

  /**
   * The product of two floats is exact in double. The sum with a third is rounded to odd: the last
   * of 53 bits records that something was lost, so the second rounding to 24 bits is correct (Boldo
   * and Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
   */
  static float exact(float a, float b, float c) {
    double product = (double) a * b;
    double addend = c;
    double sum = product + addend;
    // The exact rounding error of the sum (Knuth's two-sum); NaN if the sum is not finite.
    double part = sum - product;
    double lost = (product - (sum - part)) + (addend - part);
    if (lost > 0 || lost < 0) {
      long bits = Double.doubleToRawLongBits(sum);
      if ((bits & 1) == 0) {
        // The odd one of the two neighbours of the true sum.
        bits += (lost > 0) == (sum > 0) ? 1 : -1;
        sum = Double.longBitsToDouble(bits);
      }
    }
    return (float) sum;
  }
}
