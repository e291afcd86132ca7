package dev.cnnc.runtime.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a tensor is computed from stored tensors: the arithmetic of the compiler's passes, in double
 * at load time, rounded to float once.
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

  /** The same number in every element. */
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

  /** Swaps two neighbouring axes: {@code axis} and the next one. */
  record Transposed(Recipe tensor, int axis) implements Recipe {
    @Override
    public List<Integer> shape() {
      List<Integer> shape = new ArrayList<>(tensor.shape());
      Collections.swap(shape, axis, axis + 1);
      return shape;
    }
  }

  /**
   * Filters {@code [outputs, channels, height, width]} between two matrices: {@code G g H^T} of
   * each, the form that Winograd's minimal filtering multiplies (Lavin and Gray, Fast Algorithms
   * for Convolutional Neural Networks, 2015).
   *
   * @param rows the matrix G, row-major: each row has as many factors as a filter has rows
   * @param columns the matrix H, for the columns
   */
  record Winograd(Recipe filters, List<Double> rows, List<Double> columns) implements Recipe {
    @Override
    public List<Integer> shape() {
      List<Integer> shape = filters.shape();
      return List.of(
          shape.get(0), shape.get(1), rows.size() / shape.get(2), columns.size() / shape.get(3));
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
