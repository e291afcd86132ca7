package dev.cnnc.compiler.ir;

/** Parts that formulas of several activations have. */
final class Formulas {

  private Formulas() {}

  static <T> T clip(T x, double least, double most, Arithmetic<T> a) {
    T above = least == Double.NEGATIVE_INFINITY ? x : a.max(x, a.constant(least));
    return most == Double.POSITIVE_INFINITY ? above : a.min(above, a.constant(most));
  }

  static <T> T sigmoid(T x, Arithmetic<T> a) {
    return a.divide(a.constant(1), a.add(a.constant(1), a.exp(a.multiply(a.constant(-1), x))));
  }

  static <T> T gelu(T x, Arithmetic<T> a) {
    return a.multiply(
        a.multiply(a.constant(0.5), x),
        a.add(a.constant(1), a.erf(a.multiply(x, a.constant(Math.sqrt(0.5))))));
  }

  /** The exponential below zero reaches {@code -alpha} and is as wide as {@code unit}. */
  static <T> T elu(T x, double alpha, double unit, Arithmetic<T> a) {
    T below = a.min(x, a.constant(0));
    T power = a.exp(unit == 1 ? below : a.multiply(below, a.constant(1 / unit)));
    return a.add(
        a.max(x, a.constant(0)), a.multiply(a.constant(alpha), a.add(power, a.constant(-1))));
  }
}
