package dev.cnnc.runtime.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The arithmetic of recipes, in double. A value exists one row at a time, so a recipe of any size
 * takes a few rows of memory in addition to the source.
 */
public final class Evaluator {
  private final TensorSource source;

  public Evaluator(TensorSource source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  /**
   * The recipe's value; each call returns new rows.
   *
   * @throws IllegalArgumentException if a tensor is missing or shapes do not match
   */
  public Rows rows(Recipe recipe) {
    // Type patterns make the class smaller than record patterns, as in Ingredients.
    return switch (recipe) {
      case Recipe.Stored stored -> source.rows(stored.name(), stored.shape());
      case Recipe.Filled filled -> filled(filled.value(), filled.shape());
      case Recipe.Sum sum -> sum(sum.left(), sum.right());
      case Recipe.RowProduct product -> rowProduct(product.tensor(), product.factors());
      case Recipe.Reshaped reshaped -> reshaped(reshaped.tensor(), reshaped.shape());
      case Recipe.Transposed transposed -> transposed(transposed);
      case Recipe.Winograd winograd -> winograd(winograd);
      case Recipe.InverseRoot root -> inverseRoot(root.value(), root.epsilon());
      case Recipe.Product product -> product(product.left(), product.right());
      case Recipe.Join join -> join(join.parts());
    };
  }

  private static Rows filled(double value, List<Integer> shape) {
    double[] row = new double[Sizes.rowLength(shape)];
    return any -> {
      // Filled each time, because a reader may have written into it.
      Arrays.fill(row, value);
      return row;
    };
  }

  private Rows sum(Recipe left, Recipe right) {
    if (!left.shape().equals(right.shape())) {
      throw new IllegalArgumentException(
          "shapes " + left.shape() + " and " + right.shape() + " differ");
    }
    Rows first = rows(left);
    Rows second = rows(right);
    double[] row = new double[Sizes.rowLength(left.shape())];
    return index -> {
      double[] a = first.row(index);
      double[] b = second.row(index);
      for (int column = 0; column < row.length; column++) {
        row[column] = a[column] + b[column];
      }
      return row;
    };
  }

  private Rows rowProduct(Recipe tensor, Recipe factors) {
    if (!factors.shape().equals(tensor.shape().subList(0, 1))) {
      throw new IllegalArgumentException(
          "factors " + factors.shape() + " are not one a row of " + tensor.shape());
    }
    Rows values = rows(tensor);
    Rows scales = rows(factors);
    double[] row = new double[Sizes.rowLength(tensor.shape())];
    return index -> {
      double[] value = values.row(index);
      double scale = scales.row(index)[0];
      for (int column = 0; column < row.length; column++) {
        row[column] = value[column] * scale;
      }
      return row;
    };
  }

  private Rows reshaped(Recipe tensor, List<Integer> shape) {
    if (!shape.getFirst().equals(tensor.shape().getFirst())
        || Sizes.rowLength(shape) != Sizes.rowLength(tensor.shape())) {
      throw new IllegalArgumentException(
          "shape " + shape + " has not the rows of " + tensor.shape());
    }
    return rows(tensor);
  }

  /** The whole tensor is in memory if the transposition involves the rows. */
  private Rows transposed(Recipe.Transposed recipe) {
    List<Integer> from = recipe.tensor().shape();
    List<Integer> matrix = from.subList(recipe.axis(), recipe.axis() + 2);
    int height = matrix.getFirst();
    int width = matrix.getLast();
    int inside = Sizes.elements(from.subList(recipe.axis() + 2, from.size()));
    Rows rows = rows(recipe.tensor());
    boolean byRow = recipe.axis() > 0;
    double[] all = byRow ? new double[0] : elements(rows, from);
    double[] row = new double[Sizes.rowLength(recipe.shape())];
    return index -> {
      double[] elements = byRow ? rows.row(index) : all;
      int first = byRow ? 0 : index * row.length;
      for (int column = 0; column < row.length; column++) {
        int place = first + column;
        int line = place / inside / height / width * height + place / inside % height;
        int i = place / inside / height % width;
        row[column] = elements[(line * width + i) * inside + place % inside];
      }
      return row;
    };
  }

  private static double[] elements(Rows rows, List<Integer> shape) {
    double[] elements = new double[Sizes.elements(shape)];
    int length = Sizes.rowLength(shape);
    for (int index = 0; index < shape.getFirst(); index++) {
      System.arraycopy(rows.row(index), 0, elements, index * length, length);
    }
    return elements;
  }

  /** Filters are rounded first, so that a dump of folded filters gives the same bits. */
  private Rows winograd(Recipe.Winograd recipe) {
    WinogradFilter filter = new WinogradFilter(recipe);
    Rows rows = rows(recipe.filters());
    double[] row = new double[Sizes.rowLength(recipe.shape())];
    return index -> {
      double[] taps = rows.row(index);
      for (int first = 0, to = 0; to < row.length; to += filter.size()) {
        filter.transform(taps, first, row, to);
        first += filter.taps();
      }
      return row;
    };
  }

  private Rows inverseRoot(Recipe value, double epsilon) {
    Rows values = rows(value);
    double[] row = new double[Sizes.rowLength(value.shape())];
    return index -> {
      double[] of = values.row(index);
      for (int column = 0; column < row.length; column++) {
        row[column] = 1 / Math.sqrt(of[column] + epsilon);
      }
      return row;
    };
  }

  /** The whole of {@code right} is in memory. */
  private Rows product(Recipe left, Recipe right) {
    int depth = right.shape().getFirst();
    if (Sizes.rowLength(left.shape()) != depth) {
      throw new IllegalArgumentException(
          "rows of " + left.shape() + " do not fit the " + depth + " rows of " + right.shape());
    }
    Rows factors = rows(left);
    Rows terms = rows(right);
    double[][] all = new double[depth][];
    for (int m = 0; m < depth; m++) {
      all[m] = terms.row(m).clone();
    }
    double[] row = new double[Sizes.rowLength(right.shape())];
    return index -> {
      double[] factor = factors.row(index);
      Arrays.fill(row, 0);
      for (int m = 0; m < depth; m++) {
        for (int column = 0; column < row.length; column++) {
          row[column] += factor[m] * all[m][column];
        }
      }
      return row;
    };
  }

  private Rows join(List<Recipe> parts) {
    List<Rows> all = parts.stream().map(this::rows).toList();
    return index -> {
      int row = index;
      int part = 0;
      while (row >= parts.get(part).shape().getFirst()) {
        row -= parts.get(part).shape().getFirst();
        part++;
      }
      return all.get(part).row(row);
    };
  }
}
