package dev.cnnc.runtime;

/**
 * {@code a * b + c}, rounded once, at a bearable price on every machine. Where the processor cannot
 * do it, {@link Math#fma} goes through {@code BigDecimal}; this does not, and gives the same bits.
 */
public final class Fma {
  /** Decides about speed, never about a result. */
  private static final boolean HARDWARE = FmaProbe.hardware();

  private Fma() {}

  /** As {@link Math#fma(float, float, float)}. */
  public static float fma(float a, float b, float c) {
    return HARDWARE ? Math.fma(a, b, c) : exact(a, b, c);
  }

  /** Whether the processor does it, and with it the vectors' multiply-add. */
  static boolean hardware() {
    return HARDWARE;
  }

  /**
   * The product of two floats is exact in double. Their sum with a third is rounded to odd: that
   * keeps, in the last of 53 bits, that something was lost, so rounding again to 24 bits is right
   * (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
   */
  static float exact(float a, float b, float c) {
    double product = (double) a * b;
    double addend = c;
    double sum = product + addend;
    // What the sum lost, exactly (Knuth's two-sum); not a number if the sum is not finite.
    double part = sum - product;
    double lost = (product - (sum - part)) + (addend - part);
    if (lost > 0 || lost < 0) {
      long bits = Double.doubleToRawLongBits(sum);
      if ((bits & 1) == 0) {
        // Of the two neighbours of the true sum, the odd one.
        bits += (lost > 0) == (sum > 0) ? 1 : -1;
        sum = Double.longBitsToDouble(bits);
      }
    }
    return (float) sum;
  }
}
