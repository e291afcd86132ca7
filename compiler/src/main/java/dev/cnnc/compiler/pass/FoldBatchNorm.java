package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Recipe.Filled;
import dev.cnnc.runtime.weights.Recipe.InverseRoot;
import dev.cnnc.runtime.weights.Recipe.RowProduct;
import dev.cnnc.runtime.weights.Recipe.Sum;
import java.util.List;
import java.util.Optional;

/**
 * Folds a batch norm or a scale, by tensors or by plain numbers, behind a conv or fc into its
 * weights. Any other batch norm becomes a scale. After this pass there are no batch norms.
 *
 * <p>With {@code s = weight / sqrt(variance + epsilon)}: {@code w' = w * s} by row, {@code b' =
 * bias + (b - mean) * s}.
 */
record FoldBatchNorm() implements Pass {

  @Override
  public String reason() {
    return "a batch norm folded into weights costs nothing";
  }

  @Override
  public Graph apply(Graph graph, Refusals refusals) {
    return Rewriter.rewrite(
        graph,
        (node, to) -> {
          if (node.op() instanceof Op.BatchNorm norm) {
            Op.Scale scale = asScale(norm);
            fold(node, scale, scale, to, refusals);
          } else if (node.op() instanceof Op.Scale scale && scale.isBare()) {
            fold(node, scale, scale, to, refusals);
          } else if (node.op() instanceof Op.Activate(Activation.Linear linear)) {
            // As an activation it would close the epilogue for the one behind it.
            fold(node, asScale(linear, node), node.op(), to, refusals);
          } else {
            to.keep(node);
          }
        });
  }

  private static Op.Scale asScale(Op.BatchNorm norm) {
    Recipe factor = new RowProduct(norm.weight(), new InverseRoot(norm.variance(), norm.epsilon()));
    Recipe against = new RowProduct(factor, new Filled(-1, factor.shape()));
    return new Op.Scale(factor, new Sum(norm.bias(), new RowProduct(norm.mean(), against)));
  }

  private static Op.Scale asScale(Activation.Linear linear, Node node) {
    List<Integer> channels = List.of(node.shape().channels());
    return new Op.Scale(
        new Filled(linear.factor(), channels), new Filled(linear.shift(), channels));
  }

  /**
   * Folds a node.
   *
   * @param otherwise the op of the node if it does not fold
   */
  private static void fold(
      Node node, Op.Scale scale, Op otherwise, Rewriter to, Refusals refusals) {
    if (!isFinite(scale.factor()) || !isFinite(scale.shift())) {
      refusals.add(node, "its factor times a weight of zero would be no number");
      to.replace(node, otherwise, node.shape());
      return;
    }
    switch (Fusion.ofBareSum(to, node.inputs().getFirst())) {
      case Fusion.By(Node producer, Op.Weighted op) ->
          to.fuse(
              node,
              producer,
              op.with(new RowProduct(op.weight(), scale.factor()), bias(op, scale)));
      case Fusion.Refused(String reason) -> {
        refusals.add(node, reason);
        to.replace(node, otherwise, node.shape());
      }
    }
  }

  private static boolean isFinite(Recipe numbers) {
    return !(numbers instanceof Filled(double number, _)) || Double.isFinite(number);
  }

  private static Recipe bias(Op.Weighted op, Op.Scale scale) {
    Optional<Recipe> bias = op.bias();
    return bias.<Recipe>map(own -> new Sum(new RowProduct(own, scale.factor()), scale.shift()))
        .orElse(scale.shift());
  }
}
