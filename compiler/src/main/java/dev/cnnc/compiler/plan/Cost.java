package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Recipe;
import java.util.Optional;

/**
 * What a layer costs as it was written, as lectures and torchinfo count it.
 *
 * @param parameters learned numbers, without running statistics
 * @param macs multiply-accumulates of conv, fc and attention
 * @param operations of pools: outputs times the size of the window
 */
public record Cost(long parameters, long macs, long operations) {

  private static final Cost NOTHING = new Cost(0, 0, 0);

  /** Of one node. */
  public static Cost of(Graph graph, Node node) {
    Shape output = node.shape();
    return switch (node.op()) {
      case Op.Conv conv -> {
        long weights = elements(conv.weight());
        long bias = elements(conv.bias());
        yield new Cost(learned(conv.weight()) + bias, weights * output.pixels(), 0);
      }
      case Op.Fc fc ->
          new Cost(elements(fc.weight()) + elements(fc.bias()), elements(fc.weight()), 0);
      case Op.BatchNorm norm -> new Cost(elements(norm.weight()) + elements(norm.bias()), 0, 0);
      case Op.LayerNorm norm -> new Cost(elements(norm.weight()) + elements(norm.bias()), 0, 0);
      case Op.Scale scale -> new Cost(learned(scale.factor()) + learned(scale.shift()), 0, 0);
      case Op.Prelu prelu -> new Cost(elements(prelu.slope()), 0, 0);
      case Op.Learned learned -> new Cost(elements(learned.tensor()), 0, 0);
      case Op.Pool pool ->
          new Cost(0, 0, (long) output.size() * pool.window().height() * pool.window().width());
      case Op.GlobalPool _ -> new Cost(0, 0, graph.inputShapes(node).getFirst().size());
      // Every pixel's query with every key, and with these weights every value.
      case Op.Attention _ -> new Cost(0, 2L * output.size() * output.pixels(), 0);
      case Computation.MatMul _ ->
          new Cost(0, (long) output.size() * graph.inputShapes(node).getFirst().width(), 0);
      case Computation.ConvTranspose conv ->
          new Cost(
              elements(conv.weight()) + elements(conv.bias()),
              elements(conv.weight()) * graph.inputShapes(node).getFirst().pixels(),
              0);
      case Computation.GroupNorm norm ->
          new Cost(norm.tensors().values().stream().mapToLong(Cost::elements).sum(), 0, 0);
      case Computation.Sample _ -> new Cost(0, 0, 4L * output.size());
      case Computation.Reduce _ -> new Cost(0, 0, graph.inputShapes(node).getFirst().size());
      case Op.Input _, Op.Activate _, Op.Softmax _, Op.LocalResponseNorm _ -> NOTHING;
      case Op.Add _, Op.Multiply _, Op.Mean _, Computation.Combine _ -> NOTHING;
      case Op.Moves _, Rearrangement _ -> NOTHING;
    };
  }

  /** Of all nodes. */
  public static Cost of(Graph graph) {
    return graph.nodes().stream().map(node -> of(graph, node)).reduce(NOTHING, Cost::plus);
  }

  private Cost plus(Cost other) {
    return new Cost(
        parameters + other.parameters, macs + other.macs, operations + other.operations);
  }

  private static long learned(Recipe recipe) {
    return recipe instanceof Recipe.Filled ? 0 : elements(recipe);
  }

  private static long elements(Recipe recipe) {
    return recipe.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  private static long elements(Optional<Recipe> recipe) {
    return recipe.map(Cost::elements).orElse(0L);
  }
}
