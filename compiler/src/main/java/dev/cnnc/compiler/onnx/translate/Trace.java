package dev.cnnc.compiler.onnx.translate;

import java.util.Optional;
import java.util.Set;

/**
 * A place in the model from which a pattern looks back: an input of a node, and the product of the
 * factors on the way.
 */
record Trace(Call call, int input, double factor) {

  /**
   * Most factors on the way. Models do not have more, and looking back further at every node would
   * take too long.
   */
  private static final int FARTHEST = 8;

  private static final Set<String> NOTHINGS = Set.of("Identity", "Dropout", "Cast", "CastLike");

  /** The input of a node, without factors and idle nodes. */
  static Trace of(Call call, int input) throws Refusal {
    Trace at = new Trace(call, input, 1);
    for (int steps = 0; steps < FARTHEST; steps++) {
      Optional<Trace> before = at.before();
      if (before.isEmpty()) {
        return at;
      }
      at = before.get();
    }
    return at;
  }

  private Optional<Trace> before() throws Refusal {
    Optional<Call> maker = call.producer(input);
    if (maker.isEmpty() || !call.isComputed(input)) {
      return Optional.empty();
    }
    Call made = maker.get();
    if (NOTHINGS.contains(made.operator())) {
      return Optional.of(new Trace(made, 0, factor));
    }
    for (int place = 0; place < 2; place++) {
      Optional<Constant> constant = made.single(place);
      if (constant.isPresent() && made.operator().equals("Mul")) {
        return Optional.of(new Trace(made, 1 - place, factor * constant.get().single()));
      }
      if (constant.isPresent() && made.operator().equals("Div") && place == 1) {
        return Optional.of(new Trace(made, 0, factor / constant.get().single()));
      }
    }
    return Optional.empty();
  }

  /** The node that computes the value, if it has this operator. */
  Optional<Call> maker(String operator) {
    return call.producer(input, operator);
  }

  View view() throws Refusal {
    return call.view(input);
  }

  boolean isSame(Trace other) {
    return call.isSame(input, other.call, other.input);
  }

  boolean isAbout(double expected) {
    return Math.abs(factor - expected) <= 1e-3 * Math.abs(expected);
  }
}
