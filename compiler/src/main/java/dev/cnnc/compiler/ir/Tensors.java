package dev.cnnc.compiler.ir;

import dev.cnnc.runtime.weights.Ingredients;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of operations: which recipes they hold, which stored tensors those read. */
public final class Tensors {

  private Tensors() {}

  /** The recipes of {@code op}, weight before bias. */
  public static List<Recipe> recipes(Op op) {
    return List.copyOf(byName("", op).values());
  }

  /** The recipes of {@code op}, under the names that a layer called {@code layer} gives them. */
  public static Map<String, Recipe> byName(String layer, Op op) {
    Map<String, Recipe> named = new LinkedHashMap<>();
    switch (op) {
      case Op.Learned(Recipe tensor) -> named.put(layer, tensor);
      case Op.Weighted sum -> {
        named.put(layer + ".weight", sum.weight());
        sum.bias().ifPresent(bias -> named.put(layer + ".bias", bias));
      }
      case Op.BatchNorm(var weight, var bias, var mean, var variance, _) -> {
        named.put(layer + ".weight", weight);
        named.put(layer + ".bias", bias);
        named.put(layer + ".running_mean", mean);
        named.put(layer + ".running_var", variance);
      }
      case Op.LayerNorm(var weight, var bias, _) -> {
        named.put(layer + ".weight", weight);
        named.put(layer + ".bias", bias);
      }
      case Op.Scale scale -> {
        if (scale.constant().isEmpty()) {
          named.put(layer + ".weight", scale.factor());
          named.put(layer + ".bias", scale.shift());
        }
      }
      case Op.Prelu(Recipe slope) -> named.put(layer + ".weight", slope);
      case Computation computation ->
          computation.tensors().forEach((end, tensor) -> named.put(layer + "." + end, tensor));
      case Op.Parameterless _, Rearrangement _ -> {}
    }
    return named;
  }

  /**
   * Whether the tensors of a node may hold infinity: a learned value may, as masks do. Not a
   * factor: that may be folded into weights, and zero times infinity is no number.
   */
  public static boolean mayBeInfinite(Graph graph, Node node) {
    return node.op() instanceof Op.Learned
        && graph.nodes().stream()
            .filter(reader -> reader.inputs().contains(node.id()))
            .noneMatch(reader -> reader.op() instanceof Op.Multiply);
  }

  /** The stored tensors of {@code op}, in the order in which its recipes name them. */
  public static List<Recipe.Stored> stored(Op op) {
    List<Recipe.Stored> found = new ArrayList<>();
    recipes(op).forEach(recipe -> Ingredients.stored(recipe, found::add));
    return List.copyOf(found);
  }
}
