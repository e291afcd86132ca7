package dev.cnnc.compiler.ir;

import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.List;

/** The parameters of operations: which recipes they hold, which stored tensors those read. */
public final class Tensors {

  private Tensors() {}

  /** The recipes of {@code op}, weight before bias. */
  public static List<Recipe> recipes(Op op) {
    return switch (op) {
      case Op.Learned(Recipe tensor) -> List.of(tensor);
      case Op.Conv conv -> with(conv.weight(), conv.bias().stream().toList());
      case Op.Fc fc -> with(fc.weight(), fc.bias().stream().toList());
      case Op.BatchNorm(var weight, var bias, var mean, var variance, _) ->
          List.of(weight, bias, mean, variance);
      case Op.Scale(var factor, var shift) -> List.of(factor, shift);
      case Op.Prelu(Recipe slope) -> List.of(slope);
      case Op.Input _,
          Op.Activate _,
          Op.Pool _,
          Op.GlobalPool _,
          Op.Add _,
          Op.Multiply _,
          Op.Mean _,
          Op.Concat _,
          Op.Slice _,
          Op.Flatten _,
          Op.Softmax _,
          Op.LocalResponseNorm _,
          Op.Dropout _,
          Op.Pad _,
          Op.Upsample _ ->
          List.of();
    };
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
      case Recipe.InverseRoot(Recipe value, _) -> collect(value, found);
    }
  }

  private static void collectBoth(Recipe first, Recipe second, List<Recipe.Stored> found) {
    collect(first, found);
    collect(second, found);
  }

  private static List<Recipe> with(Recipe weight, List<Recipe> rest) {
    List<Recipe> all = new ArrayList<>(List.of(weight));
    all.addAll(rest);
    return List.copyOf(all);
  }
}
