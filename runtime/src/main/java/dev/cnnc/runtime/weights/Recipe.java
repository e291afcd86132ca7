package dev.cnnc.runtime.weights;

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
}
