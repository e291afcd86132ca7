package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;

/**
 * Whether the conv or fc that gives a value can do what the value's reader does: only if nobody
 * else sees the sum as it was.
 */
sealed interface Takeover {

  /** It can. */
  record By(Node producer, Op.Weighted op) implements Takeover {}

  /** It cannot, and why. */
  record Refused(String reason) implements Takeover {}

  /** Of work on the bare sum: its scale, its shift, its residual. */
  static Takeover ofBareSum(Rewriter to, int value) {
    Takeover any = of(to, value);
    return any instanceof By(Node producer, Op.Weighted op) && !op.epilogue().equals(Epilogue.NONE)
        ? new Refused("the epilogue of " + producer.name() + " comes in between")
        : any;
  }

  /** Of an activation, the last thing in an epilogue. */
  static Takeover ofActivation(Rewriter to, int value) {
    Takeover any = of(to, value);
    return any instanceof By(Node producer, Op.Weighted op)
            && !(op.epilogue().activation() instanceof Activation.Identity)
        ? new Refused(producer.name() + " has an activation already")
        : any;
  }

  private static Takeover of(Rewriter to, int value) {
    Node producer = to.producer(value);
    if (!(producer.op() instanceof Op.Weighted op)) {
      return new Refused(producer.name() + " is no conv or fc");
    }
    if (to.isOutput(value)) {
      return new Refused(producer.name() + " is an output");
    }
    if (to.readers(value) > 1) {
      return new Refused(producer.name() + " has " + to.readers(value) + " readers");
    }
    return new By(producer, op);
  }
}
