package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import java.util.Optional;

/** {@code clip(x + 3, 0, 6) / 6} is hardsigmoid, and x times it, before or behind, hardswish. */
final class HardSigmoids implements Pattern {

  private static final double SIXTH = 1.0 / 6;

  @Override
  public String name() {
    return "hardsigmoid and hardswish";
  }

  @Override
  public Optional<View> match(Call last) throws Refusal {
    boolean product = last.operator().equals("Mul");
    for (int place = 0; place < 2 && (product || last.operator().equals("Div")); place++) {
      Optional<Constant> number = product || place == 1 ? last.single(place) : Optional.empty();
      if (number.isPresent()) {
        double factor = product ? number.get().single() : 1 / number.get().single();
        Trace before = Trace.of(last, 1 - place);
        return isSixth(factor * before.factor()) ? match(last, before) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<View> match(Call last, Trace before) throws Refusal {
    Optional<Call> shifted = shifted(before);
    if (shifted.isPresent()) {
      return Optional.of(
          FunctionOperators.apply(last, shifted.get().view(0), new Activation.Hardsigmoid()));
    }
    Optional<Call> product = before.maker("Mul");
    for (int gate = 0; gate < 2 && product.isPresent(); gate++) {
      Optional<Call> clipped = shifted(new Trace(product.get(), gate, 1));
      if (clipped.isPresent() && product.get().isSame(1 - gate, clipped.get(), 0)) {
        return Optional.of(
            FunctionOperators.apply(last, clipped.get().view(0), new Activation.Hardswish()));
      }
    }
    return Optional.empty();
  }

  private static boolean isSixth(double factor) {
    return Math.abs(factor - SIXTH) <= 1e-3 * SIXTH;
  }

  /** The sum {@code x + 3} whose clip to 0 and 6 is at this place. */
  private static Optional<Call> shifted(Trace place) throws Refusal {
    if (!isActivation(place, new Activation.Relu6())) {
      return Optional.empty();
    }
    Optional<Call> sum =
        place.call().producer(place.input()).flatMap(clip -> clip.producer(0, "Add"));
    return sum.filter(it -> it.single(1).filter(number -> number.single() == 3).isPresent());
  }

  /** The node whose first input is the argument of the hard sigmoid at input {@code i}. */
  static Optional<Call> argument(Call call, int i) throws Refusal {
    Trace place = new Trace(call, i, 1);
    if (isActivation(place, new Activation.Hardsigmoid())) {
      Optional<Call> hard = call.producer(i, "HardSigmoid");
      if (hard.isPresent()) {
        return hard;
      }
    }
    Trace before = Trace.of(call, i);
    return isSixth(before.factor()) ? shifted(before) : Optional.empty();
  }

  private static boolean isActivation(Trace place, Activation wanted) throws Refusal {
    return place.call().isComputed(place.input())
        && place.call().draft().op(place.view().node()) instanceof Op.Activate(Activation function)
        && function.equals(wanted);
  }
}
