package dev.cnnc.compiler.ir;

import dev.cnnc.compiler.ir.Activation.Elementary;
import java.util.Locale;

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
      case SIN -> a.trigonometry(Trigonometry.SIN, x);
      case COS -> a.trigonometry(Trigonometry.COS, x);
      case TAN ->
          a.divide(a.trigonometry(Trigonometry.SIN, x), a.trigonometry(Trigonometry.COS, x));
      case ASIN -> asin(x, a);
      case ACOS -> acos(x, a);
      case ATAN -> a.trigonometry(Trigonometry.ATAN, x);
      case SINH -> a.trigonometry(Trigonometry.SINH, x);
      case COSH -> a.trigonometry(Trigonometry.COSH, x);
      case ASINH -> a.trigonometry(Trigonometry.ASINH, x);
      case ACOSH -> a.trigonometry(Trigonometry.ACOSH, x);
      case ATANH -> a.trigonometry(Trigonometry.ATANH, x);
    };
  }

  static Description description(Elementary function, Accuracy accuracy, String operator) {
    Description plain = Description.of(function.name().toLowerCase(Locale.ROOT), accuracy);
    if (function == Elementary.GELU_TANH) {
      return plain.layer("gelu");
    }
    return operator.isEmpty() ? plain : plain.operator(operator);
  }

  /** The arc whose tangent is {@code x / sqrt((1 - x) (1 + x))}, where nothing is lost near 1. */
  private static <T> T asin(T x, Arithmetic<T> a) {
    T less = a.add(negated(x, a), a.constant(1));
    T cosine = a.sqrt(a.multiply(less, a.add(x, a.constant(1))));
    return a.trigonometry(Trigonometry.ATAN, a.divide(x, cosine));
  }

  /** Twice the arc whose tangent is {@code sqrt((1 - x) / (1 + x))}. */
  private static <T> T acos(T x, Arithmetic<T> a) {
    T less = a.add(negated(x, a), a.constant(1));
    T tangent = a.sqrt(a.divide(less, a.add(x, a.constant(1))));
    return a.multiply(a.trigonometry(Trigonometry.ATAN, tangent), a.constant(2));
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
