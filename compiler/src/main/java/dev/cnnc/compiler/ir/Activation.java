package dev.cnnc.compiler.ir;

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

  record Hardsigmoid() implements Activation {}

  record Gelu() implements Activation {}

  record Elu(double alpha) implements Activation {}

  record Clip(double least, double most) implements Activation {}

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
      case Hardswish() -> a.multiply(x, hardsigmoid(x, a));
      case Hardsigmoid() -> hardsigmoid(x, a);
      case Gelu() ->
          a.multiply(
              a.multiply(a.constant(0.5), x),
              a.add(a.constant(1), a.erf(a.multiply(x, a.constant(Math.sqrt(0.5))))));
      case Elu(double alpha) ->
          a.add(
              a.max(x, a.constant(0)),
              a.multiply(a.constant(alpha), a.add(a.exp(a.min(x, a.constant(0))), a.constant(-1))));
      case Clip(double least, double most) -> clip(x, least, most, a);
    };
  }

  private static <T> T clip(T x, double least, double most, Arithmetic<T> a) {
    return a.min(a.max(x, a.constant(least)), a.constant(most));
  }

  private static <T> T sigmoid(T x, Arithmetic<T> a) {
    return a.divide(a.constant(1), a.add(a.constant(1), a.exp(a.multiply(a.constant(-1), x))));
  }

  private static <T> T hardsigmoid(T x, Arithmetic<T> a) {
    return a.multiply(clip(a.add(x, a.constant(3)), 0, 6, a), a.constant(1.0 / 6));
  }
}
