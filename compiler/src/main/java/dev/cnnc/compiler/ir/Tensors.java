package dev.cnnc.compiler.ir;

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
      case Op.Input _,
          Op.Activate _,
          Op.Pool _,
          Op.GlobalPool _,
          Op.Add _,
          Op.Multiply _,
          Op.Mean _,
          Op.Concat _,
          Op.Slice _,
          Op.Shuffle _,
          Op.Crop _,
          Op.Tokens _,
          Op.Attention _,
          Op.Flatten _,
          Op.Softmax _,
          Op.LocalResponseNorm _,
          Op.Dropout _,
          Op.Pad _,
          Op.Upsample _ -> {}
    }
    return named;
  }

  /** The stored tensors of {@code op}, in the order in which its recipes name them. */
  public static List<Recipe.Stored> stored(Op op) {
    List<Recipe.Stored> found = new ArrayList<>();
    recipes(op).forEach(recipe -> collect(recipe, found));
    return List.copyOf(found);
  }

  private static void collect(Recipe recipe, List<Recipe.Stored> found) {
    switch (recipe) {
      case Recipe.Stored stored -> found.add(stored);
      case Recipe.Filled _ -> {}
      case Recipe.Sum(Recipe left, Recipe right) -> collectBoth(left, right, found);
      case Recipe.Difference(Recipe left, Recipe right) -> collectBoth(left, right, found);
      case Recipe.RowProduct(Recipe tensor, Recipe factors) -> collectBoth(tensor, factors, found);
      case Recipe.Reshaped(Recipe tensor, _) -> collect(tensor, found);
      case Recipe.ChannelsFirst(Recipe tensor) -> collect(tensor, found);
      case Recipe.InverseRoot(Recipe value, _) -> collect(value, found);
      case Recipe.Product(Recipe left, Recipe right) -> collectBoth(left, right, found);
      case Recipe.Join(List<Recipe> parts) -> parts.forEach(part -> collect(part, found));
    }
  }

  private static void collectBoth(Recipe first, Recipe second, List<Recipe.Stored> found) {
    collect(first, found);
    collect(second, found);
  }
}
