package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import java.util.Optional;

/**
 * Decides whether a reader of a value can be fused into the conv or fc that computes the value.
 * That requires that nothing else reads the value.
 */
sealed interface Fusion {

  /** It can. */
  record By(Node producer, Op.Weighted op) implements Fusion {}

  /** It cannot, and why. */
  record Refused(String reason) implements Fusion {}

  /**
   * The decision for a reader that needs the accumulator before the epilogue: a scale, a shift, a
   * residual.
   */
  static Fusion ofBareSum(Rewriter to, int value) {
    Fusion any = of(to, value);
    return any instanceof By(Node producer, Op.Weighted op) && !op.epilogue().equals(Epilogue.NONE)
        ? new Refused("the epilogue of " + producer.name() + " comes in between")
        : any;
  }

  /** The decision for an activation, which is the last part of an epilogue. */
  static Fusion ofActivation(Rewriter to, int value) {
    Fusion any = of(to, value);
    return any instanceof By(Node producer, Op.Weighted op)
            && !(op.epilogue().activation() instanceof Activation.Identity)
        ? new Refused(producer.name() + " has an activation already")
        : any;
  }

  private static Fusion of(Rewriter to, int value) {
    Node producer = to.producer(value);
    if (!(producer.op() instanceof Op.Weighted op)) {
      return new Refused(producer.name() + " is no conv or fc");
    }
    return otherUse(to, value).<Fusion>map(Refused::new).orElseGet(() -> new By(producer, op));
  }

  /** What needs a value beside the one reader that could take it over, if anything does. */
  static Optional<String> otherUse(Rewriter to, int value) {
    String name = to.producer(value).name();
    if (to.isOutput(value)) {
      return Optional.of(name + " is an output");
    }
    return to.readers(value) > 1
        ? Optional.of(name + " has " + to.readers(value) + " readers")
        : Optional.empty();
  }
}
