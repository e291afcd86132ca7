package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import java.util.Optional;

/** {@code x * sigmoid(x)} is silu, {@code x * hardsigmoid(x)} is hardswish. */
final class SelfGated implements Pattern {

  @Override
  public String name() {
    return "silu and hardswish";
  }

  @Override
  public Optional<View> match(Call last) throws Refusal {
    if (!last.operator().equals("Mul")) {
      return Optional.empty();
    }
    for (int gate = 0; gate < 2; gate++) {
      int input = 1 - gate;
      Optional<Call> sigmoid = last.producer(gate, "Sigmoid");
      if (sigmoid.isPresent() && last.isSame(input, sigmoid.get(), 0)) {
        return apply(last, input, new Activation.Silu());
      }
      Optional<Call> hard = last.producer(gate, "HardSigmoid");
      if (hard.isPresent() && last.isSame(input, hard.get(), 0) && isOurs(last, gate)) {
        return apply(last, input, new Activation.Hardswish());
      }
    }
    return Optional.empty();
  }

  /** Whether slope and shift are those of the layer: else it was refused, or is another one. */
  private static boolean isOurs(Call last, int gate) throws Refusal {
    return last.isComputed(gate)
        && last.draft().op(last.view(gate).node()) instanceof Op.Activate(Activation function)
        && function.equals(new Activation.Hardsigmoid());
  }

  private static Optional<View> apply(Call last, int input, Activation function) throws Refusal {
    return Optional.of(FunctionOperators.apply(last, last.view(input), function));
  }
}
