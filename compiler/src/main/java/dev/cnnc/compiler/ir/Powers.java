package dev.cnnc.compiler.ir;

/** Powers whose exponent is small: formulas of products, and roots. */
public final class Powers {

  /** Beyond it products take longer, and err more, than a logarithm. */
  public static final double MOST_PRODUCTS = 16;

  private Powers() {}

  /** Whether a power is right as a formula of products. */
  public static boolean isProduct(double exponent) {
    return exponent == -1
        || (exponent >= 1 && exponent <= MOST_PRODUCTS && exponent == Math.rint(exponent));
  }

  /** Whether a power is a few products and roots; any other takes hundreds of operations. */
  public static boolean isShort(double exponent) {
    double twice = 2 * exponent;
    boolean few = exponent >= 0 && exponent <= MOST_PRODUCTS && twice == Math.rint(twice);
    return few || exponent == -1;
  }

  /** The formula of a power that {@link #isProduct}. */
  public static <T> T product(T x, double exponent, Arithmetic<T> a) {
    if (exponent == -1) {
      return a.divide(a.constant(1), x);
    }
    T power = x;
    int whole = (int) exponent;
    for (int bit = Integer.highestOneBit(whole) / 2; bit > 0; bit /= 2) {
      power = a.multiply(power, power);
      power = (whole & bit) != 0 ? a.multiply(power, x) : power;
    }
    return power;
  }
}
