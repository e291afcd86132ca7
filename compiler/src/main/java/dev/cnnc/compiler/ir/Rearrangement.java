package dev.cnnc.compiler.ir;

import java.util.List;

/** Ops of one input that only bring elements to other places, beside those of {@link Op}. */
public sealed interface Rearrangement extends Op.Family {

  /** The same elements, in the order channels, rows, columns, counted otherwise. */
  record Reshape(int channels, int height, int width) implements Rearrangement {}

  /**
   * Axis i of the output is axis {@code order[i]} of the input; 0 are channels, 1 rows, 2 columns.
   */
  record Permute(List<Integer> order) implements Rearrangement {
    public Permute {
      order = List.copyOf(order);
    }

    /** Whether nothing changes its place. */
    public boolean isIdentity() {
      return order.equals(List.of(0, 1, 2));
    }
  }

  /**
   * Channels become pixels: channel {@code (c * factor + i) * factor + j} of a pixel is channel c
   * of the i-th row and j-th column of a square.
   */
  record PixelShuffle(int factor) implements Rearrangement {}

  /** The inverse of {@link PixelShuffle}. */
  record PixelUnshuffle(int factor) implements Rearrangement {}

  /** {@code reshape}. */
  default String word() {
    return switch (this) {
      case Reshape _ -> "reshape";
      case Permute _ -> "permute";
      case PixelShuffle _ -> "pixel_shuffle";
      case PixelUnshuffle _ -> "pixel_unshuffle";
    };
  }
}
