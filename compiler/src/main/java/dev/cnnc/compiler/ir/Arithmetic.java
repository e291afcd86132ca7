package dev.cnnc.compiler.ir;

/**
 * The elementary operations an activation is made of. The reference computes with them in double,
 * the emitter writes Java with them: one formula serves both.
 */
public interface Arithmetic<T> {
  T constant(double value);

  T add(T a, T b);

  T multiply(T a, T b);

  T divide(T a, T b);

  T max(T a, T b);

  T min(T a, T b);

  /** e to the x. */
  T exp(T x);

  T tanh(T x);

  /** The error function. */
  T erf(T x);

  T abs(T x);

  T sqrt(T x);

  /** As {@link Math#pow} has it, for any number and any exponent. */
  T power(T x, double exponent);

  /** The natural logarithm. */
  T log(T x);

  /** The natural logarithm of {@code 1 + x}, exact for small x; x is from 0 to 1. */
  T logOfOnePlus(T x);

  /** A function of an angle or of a hyperbola. */
  T trigonometry(Trigonometry function, T x);

  /** The nearest whole number, the even one of two. */
  T round(T x);

  /**
   * How often {@code scale} goes into {@code x}, from {@code least} to {@code most}: the quotient
   * of floats, rounded to the nearest whole number, the even one of two. The bounds are whole, and
   * at most 2^22 from zero.
   */
  T steps(T x, double scale, double least, double most);

  /** {@code x} where it is above {@code bound}, else 0. */
  T above(T x, double bound);
}
