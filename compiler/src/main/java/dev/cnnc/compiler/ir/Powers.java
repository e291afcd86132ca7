package dev.cnnc.compiler.ir;

/**
 * Powers by products and roots where the exponent allows it, which is exact to a few roundings and
 * right for negative numbers; else {@code exp(exponent * log(x))}.
 */
final class Powers {

  /** Beyond it products take longer, and err more, than a logarithm. */
  private static final double LARGEST = 16;

  private Powers() {}

  static <T> T of(T x, double exponent, Arithmetic<T> a) {
    double size = Math.abs(exponent);
    if (size * 2 != Math.rint(size * 2) || size > LARGEST) {
      return a.exp(a.multiply(a.constant(exponent), a.log(x)));
    }
    T power = products(x, (int) size, a);
    if (size != Math.rint(size)) {
      power = size < 1 ? a.sqrt(x) : a.multiply(power, a.sqrt(x));
    }
    return exponent < 0 ? a.divide(a.constant(1), power) : power;
  }

  private static <T> T products(T x, int exponent, Arithmetic<T> a) {
    if (exponent == 0) {
      return a.add(a.multiply(a.constant(0), x), a.constant(1));
    }
    T power = x;
    for (int bit = Integer.highestOneBit(exponent) / 2; bit > 0; bit /= 2) {
      power = a.multiply(power, power);
      power = (exponent & bit) != 0 ? a.multiply(power, x) : power;
    }
    return power;
  }
}
