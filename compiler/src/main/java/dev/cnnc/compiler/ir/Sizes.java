package dev.cnnc.compiler.ir;

import java.util.List;

/** Sums over sizes that a user wrote: done in {@code long}, so that no absurd one overflows. */
final class Sizes {

  private Sizes() {}

  /** Pixels that a side of a window covers. */
  static long reach(long size, long dilation) {
    return (size - 1) * dilation + 1;
  }

  /** The product of positive numbers, or {@link Long#MAX_VALUE} where it does not fit. */
  static long product(long... factors) {
    long product = 1;
    for (long factor : factors) {
      if (Math.multiplyHigh(product, factor) != 0 || product * factor < 0) {
        return Long.MAX_VALUE;
      }
      product *= factor;
    }
    return product;
  }

  /** Elements of a tensor. */
  static long elements(List<Integer> shape) {
    return product(shape.stream().mapToLong(Integer::longValue).toArray());
  }

  /** {@code [256, 56, 56] and [256, 28, 28]}. */
  static String list(List<Shape> shapes) {
    List<String> words = shapes.stream().map(Shape::toString).toList();
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }
}
