package dev.cnnc.runtime.weights;

import java.util.List;

/**
 * Products of the sizes of a shape. Every product is checked, because shapes also come from files.
 */
final class Sizes {
  private Sizes() {}

  /**
   * Number of elements.
   *
   * @throws IllegalArgumentException if a size is not positive or an array cannot hold them
   */
  static int elements(List<Integer> shape) {
    return product(shape, 0);
  }

  /**
   * Number of elements of one row, without the first axis. A tensor without axes is one row with
   * one element.
   */
  static int rowLength(List<Integer> shape) {
    return product(shape, 1);
  }

  private static int product(List<Integer> shape, int first) {
    long product = 1;
    for (int axis = first; axis < shape.size(); axis++) {
      int size = shape.get(axis);
      product *= size;
      // Both factors are below 2^31, so the product is below 2^62 and the test finds every
      // overflow.
      if (size < 1 || product > Integer.MAX_VALUE - 64) {
        throw new IllegalArgumentException("no array can hold a tensor of shape " + shape);
      }
    }
    return (int) product;
  }
}
