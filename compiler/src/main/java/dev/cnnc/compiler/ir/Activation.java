package dev.cnnc.compiler.ir;

import java.util.Locale;

/** A function of one number, applied to every element. A new one is a record and a formula here. */
public sealed interface Activation {

  record Identity() implements Activation {}

  record Relu() implements Activation {}

  record Relu6() implements Activation {}

  record LeakyRelu(double slope) implements Activation {}

  record Sigmoid() implements Activation {}

  record Tanh() implements Activation {}

  record Silu() implements Activation {}

  record Hardswish() implements Activation {}

  /** {@code alpha * x + beta}, clipped to 0 and 1. */
  record Hardsigmoid(double alpha, double beta) implements Activation {
    /** PyTorch's. */
    public Hardsigmoid() {
      this(1.0 / 6, 0.5);
    }
  }

  record Gelu() implements Activation {}

  record Elu(double alpha) implements Activation {}

  record Clip(double least, double most) implements Activation {}

  record Selu(double alpha, double gamma) implements Activation {}

  record Celu(double alpha) implements Activation {}

  /** x where it is above, else 0. */
  record ThresholdedRelu(double alpha) implements Activation {}

  record Swish(double alpha) implements Activation {}

  record Linear(double factor, double shift) implements Activation {}

  /** {@code x} to the {@code exponent}. */
  record Power(double exponent) implements Activation {}

  /** Those without arguments that have a plain name; their layers have it too. */
  enum Elementary implements Activation {
    ABS,
    NEG,
    SQUARE,
    SQRT,
    RECIPROCAL,
    EXP,
    LOG,
    ERF,
    SOFTPLUS,
    SOFTSIGN,
    MISH,
    /** Gelu with tanh in the place of the error function. */
    GELU_TANH
  }

  /** {@code relu}, {@code leaky_relu}. */
  default String word() {
    return switch (this) {
      case LeakyRelu _ -> "leaky_relu";
      case ThresholdedRelu _ -> "thresholded_relu";
      case Elementary function -> function.name().toLowerCase(Locale.ROOT);
      case Activation other -> other.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  /** The function's value at {@code x}; definitions as in PyTorch. */
  default <T> T of(T x, Arithmetic<T> a) {
    return switch (this) {
      case Identity() -> x;
      case Relu() -> a.max(x, a.constant(0));
      case Relu6() -> clip(x, 0, 6, a);
      case LeakyRelu(double slope) ->
          a.add(a.max(x, a.constant(0)), a.multiply(a.constant(slope), a.min(x, a.constant(0))));
      case Sigmoid() -> sigmoid(x, a);
      case Tanh() -> a.tanh(x);
      case Silu() -> a.multiply(x, sigmoid(x, a));
      case Hardswish() ->
          a.multiply(x, a.multiply(clip(a.add(x, a.constant(3)), 0, 6, a), a.constant(1.0 / 6)));
      case Hardsigmoid(double alpha, double beta) ->
          clip(a.add(a.multiply(x, a.constant(alpha)), a.constant(beta)), 0, 1, a);
      case Gelu() ->
          a.multiply(
              a.multiply(a.constant(0.5), x),
              a.add(a.constant(1), a.erf(a.multiply(x, a.constant(Math.sqrt(0.5))))));
      case Elu(double alpha) -> elu(x, alpha, 1, a);
      case Clip(double least, double most) -> clip(x, least, most, a);
      case Selu(double alpha, double gamma) -> a.multiply(a.constant(gamma), elu(x, alpha, 1, a));
      case Celu(double alpha) -> elu(x, alpha, alpha, a);
      case ThresholdedRelu(double alpha) -> a.above(x, alpha);
      case Swish(double alpha) -> a.multiply(x, sigmoid(a.multiply(a.constant(alpha), x), a));
      case Linear(double factor, double shift) ->
          a.add(a.multiply(x, a.constant(factor)), a.constant(shift));
      case Power(double exponent) -> Powers.of(x, exponent, a);
      case Elementary function -> Elementaries.of(function, x, a);
    };
  }

  private static <T> T clip(T x, double least, double most, Arithmetic<T> a) {
    T above = least == Double.NEGATIVE_INFINITY ? x : a.max(x, a.constant(least));
    return most == Double.POSITIVE_INFINITY ? above : a.min(above, a.constant(most));
  }

  private static <T> T sigmoid(T x, Arithmetic<T> a) {
    return a.divide(a.constant(1), a.add(a.constant(1), a.exp(a.multiply(a.constant(-1), x))));
  }

  /** The exponential below zero reaches {@code -alpha} and is as wide as {@code unit}. */
  private static <T> T elu(T x, double alpha, double unit, Arithmetic<T> a) {
    T below = a.min(x, a.constant(0));
    T power = a.exp(unit == 1 ? below : a.multiply(below, a.constant(1 / unit)));
    return a.add(
        a.max(x, a.constant(0)), a.multiply(a.constant(alpha), a.add(power, a.constant(-1))));
  }
}
