package dev.cnnc.runtime.weights;

import java.util.ArrayList;
import java.util.List;

/**
 * How a tensor is made from stored ones: the arithmetic of the compiler's passes, done in double
 * when the weights are loaded and rounded to float once.
 *
 * <p>"By row" means along the first axis: a tensor {@code [n, ...]} has n rows.
 */
public sealed interface Recipe {

  /** Sizes of the result, row-major. */
  List<Integer> shape();

  /** A tensor of the weights file, or a synthetic one of that name. */
  record Stored(String name, List<Integer> shape) implements Recipe {
    public Stored {
      shape = List.copyOf(shape);
    }
  }

  /** The same number everywhere. */
  record Filled(double value, List<Integer> shape) implements Recipe {
    public Filled {
      shape = List.copyOf(shape);
    }
  }

  /** {@code left + right}, equal shapes. */
  record Sum(Recipe left, Recipe right) implements Recipe {
    @Override
    public List<Integer> shape() {
      return left.shape();
    }
  }

  /**
   * Row i of the tensor times factor i; the factors are {@code [n]}, or {@code [n]} times {@code
   * [n]}.
   */
  record RowProduct(Recipe tensor, Recipe factors) implements Recipe {
    @Override
    public List<Integer> shape() {
      return tensor.shape();
    }
  }

  /** The same rows in another shape: {@code [n, 1, 1]} as {@code [n]}. */
  record Reshaped(Recipe tensor, List<Integer> shape) implements Recipe {
    public Reshaped {
      shape = List.copyOf(shape);
    }
  }

  /** A tensor {@code [height, width, channels]} as {@code [channels, height, width]}. */
  record ChannelsFirst(Recipe tensor) implements Recipe {
    @Override
    public List<Integer> shape() {
      List<Integer> last = tensor.shape();
      List<Integer> first = new ArrayList<>(last.subList(0, last.size() - 1));
      first.addFirst(last.getLast());
      return first;
    }
  }

  /**
   * Filters {@code [outputs, channels, height, width]} as Winograd's minimal filtering multiplies
   * them: {@code G g G^T} (Lavin and Gray, Fast Algorithms for Convolutional Neural Networks,
   * 2015).
   *
   * @param rows output pixels of a tile; 1 where filters are one pixel high
   * @param columns output pixels of a tile; 1 where filters are one pixel wide
   */
  record Winograd(Recipe filters, int rows, int columns) implements Recipe {
    /**
     * Where polynomials of n products are evaluated: the first n - 1 points, and infinity. Signs in
     * pairs save half of the arithmetic, small ratios keep it exact (Barabasz et al., Error
     * Analysis and Improving the Accuracy of Winograd Convolution, 2020).
     */
    public static final List<Double> POINTS =
        List.of(0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 0.75, -0.75);

    @Override
    public List<Integer> shape() {
      List<Integer> shape = filters.shape();
      return List.of(
          shape.get(0), shape.get(1), rows + shape.get(2) - 1, columns + shape.get(3) - 1);
    }
  }

  /**
   * Weights {@code [outputs, channels]} of a conv of one pixel as one step of Strassen's recursion
   * multiplies them, in Winograd's form (Higham, Accuracy and Stability of Numerical Algorithms,
   * 23.1): quarters, sums and differences of quarters, seven for each output of the first half and
   * channel of the first half.
   */
  record Strassen(Recipe weight) implements Recipe {
    @Override
    public List<Integer> shape() {
      List<Integer> shape = weight.shape();
      return List.of(shape.get(0) / 2, shape.get(1) / 2, 7);
    }
  }

  /** {@code 1 / sqrt(value + epsilon)}. */
  record InverseRoot(Recipe value, double epsilon) implements Recipe {
    @Override
    public List<Integer> shape() {
      return value.shape();
    }
  }

  /**
   * The matrix product: row i is the sum over m of {@code left[i][m]} times row m of {@code right}.
   * A row of {@code left} is as long as {@code right} has rows.
   */
  record Product(Recipe left, Recipe right) implements Recipe {
    @Override
    public List<Integer> shape() {
      List<Integer> shape = new ArrayList<>(right.shape());
      shape.set(0, left.shape().getFirst());
      return shape;
    }
  }

  /**
   * The rows of all parts, one part after the other; beyond the first axis their shapes are equal.
   */
  record Join(List<Recipe> parts) implements Recipe {
    public Join {
      parts = List.copyOf(parts);
    }

    @Override
    public List<Integer> shape() {
      List<Integer> shape = new ArrayList<>(parts.getFirst().shape());
      shape.set(0, parts.stream().mapToInt(part -> part.shape().getFirst()).sum());
      return shape;
    }
  }
}
