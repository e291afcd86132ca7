package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Folds a scale by plain numbers before a conv or fc into its weights: with the input {@code x * f
 * + s}, {@code w' = w * f} and {@code b' = b + w s}. Padding is not shifted, so a conv with a
 * window of several pixels takes a factor alone.
 */
record FoldScaleForward() implements Pass {

  @Override
  public String reason() {
    return "a factor in the weights saves a walk through memory";
  }

  @Override
  public Graph apply(Graph graph, Refusals refusals) {
    return Rewriter.rewrite(
        graph,
        (node, to) -> {
          if (node.op() instanceof Op.Weighted op) {
            fold(graph, node, op, to, refusals);
          } else {
            to.keep(node);
          }
        });
  }

  private static void fold(Graph graph, Node node, Op.Weighted op, Rewriter to, Refusals refusals) {
    Op.Weighted latest = op;
    int input = node.inputs().getFirst();
    for (Optional<Activation.Linear> scale = scale(graph.node(input));
        scale.isPresent();
        scale = scale(graph.node(input))) {
      Optional<String> refusal = refusal(latest, scale.get(), input, graph, to);
      if (refusal.isPresent()) {
        refusals.add(node, refusal.get());
        break;
      }
      latest = folded(latest, scale.get());
      input = graph.node(input).inputs().getFirst();
    }
    List<Integer> inputs = Stream.concat(Stream.of(input), node.inputs().stream().skip(1)).toList();
    to.replace(node, latest, node.shape(), inputs);
  }

  /** The numbers of a node that only scales by plain numbers. */
  private static Optional<Activation.Linear> scale(Node node) {
    return switch (node.op()) {
      case Op.Activate(Activation.Linear linear) -> Optional.of(linear);
      case Op.Scale(
              Recipe.Filled(double factor, _),
              Recipe.Filled(double shift, _),
              Activation.Identity()) ->
          Optional.of(new Activation.Linear(factor, shift));
      // Any other op is no scale, whichever there will be.
      default -> Optional.empty();
    };
  }

  private static Optional<String> refusal(
      Op.Weighted op, Activation.Linear scale, int input, Graph graph, Rewriter to) {
    Optional<String> otherUse = Fusion.otherUse(to, input);
    if (otherUse.isPresent()) {
      return otherUse;
    }
    String name = graph.node(input).name();
    if (!Double.isFinite(scale.factor()) || !Double.isFinite(scale.shift())) {
      return Optional.of("a weight of zero times a number of " + name + " would be no number");
    }
    return scale.shift() == 0 || LinearChains.isMatrix(op)
        ? Optional.empty()
        : Optional.of("the padding does not get the shift of " + name);
  }

  private static Op.Weighted folded(Op.Weighted op, Activation.Linear scale) {
    Recipe weight = op.weight();
    List<Integer> rows = List.of(weight.shape().getFirst());
    Recipe bias = op.bias().orElse(new Recipe.Filled(0, rows));
    if (scale.shift() != 0) {
      int columns = weight.shape().stream().skip(1).reduce(1, Math::multiplyExact);
      Recipe shift = new Recipe.Filled(scale.shift(), List.of(columns));
      bias = new Recipe.Sum(bias, new Recipe.Product(weight, shift));
    }
    return op.with(new Recipe.RowProduct(weight, new Recipe.Filled(scale.factor(), rows)), bias);
  }
}
