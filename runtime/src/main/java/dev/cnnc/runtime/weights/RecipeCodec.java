package dev.cnnc.runtime.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Encodes recipes in a header: a tag whose meaning never changes, then the components of the
 * record. The tags 3 and 9 to 12 were those of recipes that are gone, and are refused.
 */
final class RecipeCodec {
  private RecipeCodec() {}

  private static final int STORED = 0;
  private static final int FILLED = 1;
  private static final int SUM = 2;
  private static final int ROW_PRODUCT = 4;
  private static final int INVERSE_ROOT = 5;
  private static final int PRODUCT = 6;
  private static final int JOIN = 7;
  private static final int RESHAPED = 8;
  private static final int WINOGRAD = 13;
  private static final int TRANSPOSED = 14;

  /** Deeper than any pass nests recipes, and far below the limit of a thread's stack. */
  private static final int DEEPEST = 256;

  /**
   * Writes a recipe.
   *
   * @param numbers indices of the stored tensors in the header
   */
  static void write(Recipe recipe, Map<String, Integer> numbers, Encoder out) {
    switch (recipe) {
      case Recipe.Stored stored -> {
        out.tag(STORED);
        out.integer(Objects.requireNonNull(numbers.get(stored.name())));
      }
      case Recipe.Filled(double value, List<Integer> shape) -> {
        out.tag(FILLED);
        out.real(value);
        out.shape(shape);
      }
      case Recipe.Sum sum -> out.tag(SUM);
      case Recipe.RowProduct product -> out.tag(ROW_PRODUCT);
      case Recipe.InverseRoot root -> {
        out.tag(INVERSE_ROOT);
        out.real(root.epsilon());
      }
      case Recipe.Product product -> out.tag(PRODUCT);
      case Recipe.Join(List<Recipe> parts) -> {
        out.tag(JOIN);
        out.integer(parts.size());
      }
      case Recipe.Reshaped reshaped -> {
        out.tag(RESHAPED);
        out.shape(reshaped.shape());
      }
      case Recipe.Transposed transposed -> {
        out.tag(TRANSPOSED);
        out.integer(transposed.axis());
      }
      case Recipe.Winograd winograd -> {
        out.tag(WINOGRAD);
        out.reals(winograd.rows());
        out.reals(winograd.columns());
      }
    }
    for (Recipe inside : Ingredients.of(recipe)) {
      write(inside, numbers, out);
    }
  }

  static Recipe read(Decoder in, List<Recipe.Stored> tensors) {
    return read(in, tensors, 0);
  }

  private static Recipe read(Decoder in, List<Recipe.Stored> tensors, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("a recipe is nested too deep");
    }
    int tag = in.tag();
    return switch (tag) {
      case STORED -> tensors.get(Objects.checkIndex(in.integer(), tensors.size()));
      case FILLED -> new Recipe.Filled(in.real(), in.shape());
      case SUM -> new Recipe.Sum(read(in, tensors, depth + 1), read(in, tensors, depth + 1));
      case ROW_PRODUCT ->
          new Recipe.RowProduct(read(in, tensors, depth + 1), read(in, tensors, depth + 1));
      case INVERSE_ROOT -> {
        double epsilon = in.real();
        yield new Recipe.InverseRoot(read(in, tensors, depth + 1), epsilon);
      }
      case PRODUCT ->
          new Recipe.Product(read(in, tensors, depth + 1), read(in, tensors, depth + 1));
      case JOIN -> {
        List<Recipe> parts = new ArrayList<>();
        for (int left = in.integer(); left > 0; left--) {
          parts.add(read(in, tensors, depth + 1));
        }
        yield new Recipe.Join(parts);
      }
      case RESHAPED -> {
        List<Integer> shape = in.shape();
        yield new Recipe.Reshaped(read(in, tensors, depth + 1), shape);
      }
      case TRANSPOSED -> {
        int axis = in.integer();
        yield new Recipe.Transposed(read(in, tensors, depth + 1), axis);
      }
      case WINOGRAD -> {
        List<Double> rows = in.reals();
        List<Double> columns = in.reals();
        yield new Recipe.Winograd(read(in, tensors, depth + 1), rows, columns);
      }
      default -> throw new IllegalArgumentException("no recipe has the tag " + tag);
    };
  }
}
