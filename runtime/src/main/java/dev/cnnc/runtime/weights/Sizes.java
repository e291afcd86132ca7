package dev.cnnc.runtime.weights;

import java.util.List;

/** Products of a shape's sizes; every one is checked, since shapes come from files too. */
final class Sizes {
  private Sizes() {}

  /**
   * All elements.
   *
   * @throws IllegalArgumentException if a size is not positive or an array cannot hold them
   */
  static int elements(List<Integer> shape) {
    return product(shape, 0);
  }

  /** Elements of one row, the first axis left out; a tensor without axes is one row of one. */
  static int rowLength(List<Integer> shape) {
    return product(shape, 1);
  }

  private static int product(List<Integer> shape, int first) {
    long product = 1;
    for (int axis = first; axis < shape.size(); axis++) {
      int size = shape.get(axis);
      product *= size;
      // Below 2^31 before, so below 2^62 after: the test sees every overflow.
      if (size < 1 || product > Integer.MAX_VALUE - 64) {
        throw new IllegalArgumentException("no array holds a tensor of shape " + shape);
      }
    }
    return (int) product;
  }
}
