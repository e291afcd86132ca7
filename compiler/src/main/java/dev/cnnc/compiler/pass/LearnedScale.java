package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;

/**
 * A multiplication by a learned tensor of one number a channel becomes a scale: the layer scale of
 * ConvNeXt, which then folds into the conv or fc before it.
 */
record LearnedScale() implements Pass {

  @Override
  public String reason() {
    return "a scale folds into weights, the product of two values does not";
  }

  @Override
  public Graph apply(Graph graph, Refusals refusals) {
    return Rewriter.rewrite(
        graph,
        (node, to) -> {
          if (node.op() instanceof Op.Multiply) {
            scale(node, to, refusals);
          } else {
            to.keep(node);
          }
        });
  }

  private static void scale(Node node, Rewriter to, Refusals refusals) {
    List<Integer> learned =
        node.inputs().stream().filter(id -> to.producer(id).op() instanceof Op.Learned).toList();
    if (learned.isEmpty()) {
      to.keep(node);
      return;
    }
    if (node.inputs().size() != 2) {
      refusals.add(node, "it multiplies " + node.inputs().size() + " values, not two");
      to.keep(node);
      return;
    }
    for (int factor : learned) {
      int scaled = node.inputs().get(node.inputs().indexOf(factor) == 0 ? 1 : 0);
      // A single pixel that is repeated over a larger factor is not a scale.
      if (to.producer(factor).shape().isVector()
          && to.producer(scaled).shape().equals(node.shape())) {
        to.replace(node, asScale((Op.Learned) to.producer(factor).op(), node), scaled);
        return;
      }
    }
    refusals.add(node, to.producer(learned.getFirst()).name() + " is not one number a channel");
    to.keep(node);
  }

  private static Op.Scale asScale(Op.Learned factor, Node node) {
    List<Integer> channels = List.of(node.shape().channels());
    return new Op.Scale(
        new Recipe.Reshaped(factor.tensor(), channels), new Recipe.Filled(0, channels));
  }
}
