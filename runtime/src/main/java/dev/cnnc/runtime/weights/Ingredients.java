package dev.cnnc.runtime.weights;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The parts of a recipe, in the order in which {@link Evaluator} evaluates them. */
public final class Ingredients {
  private Ingredients() {}

  /** The recipes directly inside. */
  static List<Recipe> of(Recipe recipe) {
    // Type patterns: record patterns would make the class half as large again.
    return switch (recipe) {
      case Recipe.Stored stored -> List.of();
      case Recipe.Filled filled -> List.of();
      case Recipe.Sum sum -> List.of(sum.left(), sum.right());
      case Recipe.RowProduct product -> List.of(product.tensor(), product.factors());
      case Recipe.Reshaped reshaped -> List.of(reshaped.tensor());
      case Recipe.Transposed transposed -> List.of(transposed.tensor());
      case Recipe.Winograd winograd -> List.of(winograd.filters());
      case Recipe.InverseRoot root -> List.of(root.value());
      case Recipe.Product product -> List.of(product.left(), product.right());
      case Recipe.Join join -> join.parts();
    };
  }

  /** Every use of a stored tensor, first to last. */
  public static void stored(Recipe recipe, Consumer<Recipe.Stored> each) {
    Deque<Recipe> left = new ArrayDeque<>();
    left.push(recipe);
    while (!left.isEmpty()) {
      Recipe next = left.pop();
      if (next instanceof Recipe.Stored stored) {
        each.accept(stored);
      }
      of(next).reversed().forEach(left::push);
    }
  }
}
