package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import java.util.Optional;

/**
 * {@code x * sigmoid(x)} is silu, {@code x * hardsigmoid(x)} is hardswish, {@code x *
 * tanh(softplus(x))} is mish.
 */
final class SelfGated implements Pattern {

  @Override
  public String name() {
    return "silu, hardswish and mish";
  }

  @Override
  public Optional<View> match(Call last) throws Refusal {
    if (!last.operator().equals("Mul")) {
      return Optional.empty();
    }
    for (int gate = 0; gate < 2; gate++) {
      int input = 1 - gate;
      Optional<Activation> function = function(last, input, gate);
      if (function.isPresent()) {
        return Optional.of(FunctionOperators.apply(last, last.view(input), function.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Activation> function(Call last, int input, int gate) throws Refusal {
    Optional<Call> sigmoid = last.producer(gate, "Sigmoid");
    if (sigmoid.isPresent()) {
      return sigmoid(last, input, sigmoid.get());
    }
    Optional<Call> softplus =
        last.producer(gate, "Tanh").flatMap(tanh -> tanh.producer(0, "Softplus"));
    if (softplus.isPresent() && last.isSame(input, softplus.get(), 0)) {
      return Optional.of(Activation.Elementary.MISH);
    }
    Optional<Call> hard = HardSigmoids.argument(last, gate);
    return hard.isPresent() && last.isSame(input, hard.get(), 0)
        ? Optional.of(new Activation.Hardswish())
        : Optional.empty();
  }

  /**
   * The activation of a product with a sigmoid; a factor before the sigmoid makes it a swish with
   * alpha.
   */
  private static Optional<Activation> sigmoid(Call last, int input, Call sigmoid) throws Refusal {
    if (last.isSame(input, sigmoid, 0)) {
      return Optional.of(new Activation.Silu());
    }
    Trace inner = Trace.of(sigmoid, 0);
    return last.isSame(input, inner.call(), inner.input())
        ? Optional.of(FunctionOperators.swish(Call.shortest((float) inner.factor())))
        : Optional.empty();
  }
}
