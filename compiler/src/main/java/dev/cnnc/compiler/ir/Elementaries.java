package dev.cnnc.compiler.ir;

import dev.cnnc.compiler.ir.Activation.Elementary;

/** The formulas of {@link Elementary}, written so that nothing overflows on the way. */
final class Elementaries {

  /** Where {@code exp} is so large that mish is x. */
  private static final double LARGE = 20;

  /** From here on all floats are whole. */
  private static final double WHOLE = 0x1p23;

  private Elementaries() {}

  static <T> T of(Elementary function, T x, Arithmetic<T> a) {
    return switch (function) {
      case ABS -> a.abs(x);
      case NEG -> a.multiply(a.constant(-1), x);
      case SQUARE -> a.multiply(x, x);
      case SQRT -> a.sqrt(x);
      case RECIPROCAL -> a.divide(a.constant(1), x);
      case EXP -> a.exp(x);
      case LOG -> a.log(x);
      case ERF -> a.erf(x);
      case SOFTPLUS ->
          a.add(
              a.max(x, a.constant(0)), a.logOfOnePlus(a.exp(a.multiply(a.constant(-1), a.abs(x)))));
      case SOFTSIGN -> a.divide(x, a.add(a.abs(x), a.constant(1)));
      case MISH -> mish(x, a);
      case GELU_TANH -> geluTanh(x, a);
      case ROUND -> a.round(x);
      case FLOOR -> floor(x, a);
      case CEIL -> negated(floor(negated(x, a), a), a);
      case SIGN -> a.min(a.max(enlarged(x, a), a.constant(-1)), a.constant(1));
    };
  }

  private static <T> T negated(T x, Arithmetic<T> a) {
    return a.multiply(a.constant(-1), x);
  }

  /** Beyond 1, or 0, for any float. */
  private static <T> T enlarged(T x, Arithmetic<T> a) {
    return a.multiply(a.multiply(x, a.constant(0x1p100)), a.constant(0x1p100));
  }

  /** One less than the nearest whole number, where that is above. */
  private static <T> T floor(T x, Arithmetic<T> a) {
    T small = a.min(a.max(x, a.constant(-WHOLE)), a.constant(WHOLE));
    T nearest = a.round(small);
    T above = a.max(enlarged(a.add(nearest, negated(small, a)), a), a.constant(0));
    T floor = a.add(nearest, negated(a.min(above, a.constant(1)), a));
    return a.add(floor, a.add(x, negated(small, a)));
  }

  /** {@code x tanh(log(1 + e))} with {@code e = exp(x)} is {@code x n / (n + 2), n = e (e + 2)}. */
  private static <T> T mish(T x, Arithmetic<T> a) {
    T e = a.exp(a.min(x, a.constant(LARGE)));
    T n = a.multiply(e, a.add(e, a.constant(2)));
    return a.multiply(x, a.divide(n, a.add(n, a.constant(2))));
  }

  private static <T> T geluTanh(T x, Arithmetic<T> a) {
    T cube = a.multiply(a.multiply(x, x), x);
    T inner =
        a.multiply(
            a.constant(Math.sqrt(2 / Math.PI)), a.add(x, a.multiply(a.constant(0.044715), cube)));
    return a.multiply(a.multiply(a.constant(0.5), x), a.add(a.constant(1), a.tanh(inner)));
  }
}
