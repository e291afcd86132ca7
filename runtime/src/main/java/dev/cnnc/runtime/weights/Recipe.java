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

  /** {@code left - right}, equal shapes. */
  record Difference(Recipe left, Recipe right) implements Recipe {
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
