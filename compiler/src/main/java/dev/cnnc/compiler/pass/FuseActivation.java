package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Powers;

/**
 * An activation behind a conv or fc becomes the end of its epilogue. Behind a scale it becomes a
 * part of the scale.
 */
record FuseActivation() implements Pass {

  @Override
  public String reason() {
    return "an activation in registers saves a walk through memory";
  }

  @Override
  public Graph apply(Graph graph, Refusals refusals) {
    return Rewriter.rewrite(
        graph,
        (node, to) -> {
          if (node.op() instanceof Op.Activate(Activation function)) {
            fuse(node, function, to, refusals);
          } else {
            to.keep(node);
          }
        });
  }

  private static void fuse(Node node, Activation function, Rewriter to, Refusals refusals) {
    if (function instanceof Activation.Power(double exponent) && !Powers.isShort(exponent)) {
      refusals.add(node, "a power of this exponent is computed number by number");
      to.keep(node);
      return;
    }
    Node producer = to.producer(node.inputs().getFirst());
    if (producer.op() instanceof Op.Scale scale
        && scale.isBare()
        && to.isReadOnce(node.inputs().getFirst())) {
      to.fuse(node, producer, new Op.Scale(scale.factor(), scale.shift(), function));
      return;
    }
    switch (Fusion.ofActivation(to, node.inputs().getFirst())) {
      case Fusion.By(Node _, Op.Weighted op) ->
          to.fuse(node, producer, op.with(new Epilogue(op.epilogue().residual(), function)));
      case Fusion.Refused(String reason) -> {
        refusals.add(node, reason);
        to.keep(node);
      }
    }
  }
}
