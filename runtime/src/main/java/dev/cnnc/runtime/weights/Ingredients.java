package dev.cnnc.runtime.weights;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What a recipe is made of; the order here is the order in which {@link Evaluator} asks for it. */
public final class Ingredients {
  private Ingredients() {}

  /** The recipes directly inside. */
  static List<Recipe> of(Recipe recipe) {
    return switch (recipe) {
      case Recipe.Stored _, Recipe.Filled _ -> List.of();
      case Recipe.Sum(Recipe left, Recipe right) -> List.of(left, right);
      case Recipe.RowProduct(Recipe tensor, Recipe factors) -> List.of(tensor, factors);
      case Recipe.Reshaped(Recipe tensor, List<Integer> _) -> List.of(tensor);
      case Recipe.ChannelsFirst(Recipe tensor) -> List.of(tensor);
      case Recipe.Winograd(Recipe filters, var _, var _) -> List.of(filters);
      case Recipe.Strassen(Recipe weight) -> List.of(weight);
      case Recipe.InverseRoot(Recipe value, double _) -> List.of(value);
      case Recipe.Product(Recipe left, Recipe right) -> List.of(left, right);
      case Recipe.Join(List<Recipe> parts) -> parts;
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
