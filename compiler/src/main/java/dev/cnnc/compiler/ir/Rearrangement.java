package dev.cnnc.compiler.ir;

import java.util.List;

/** Ops of one input that bring its elements to the places which an order or a size computes. */
public sealed interface Rearrangement extends Op {

  @Override
  default int inputs(int given) {
    return 1;
  }

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

  /**
   * Every {@code step}-th along one axis, {@code count} of them from {@code from} on; a negative
   * step goes backwards.
   */
  record Take(int axis, int from, int step, int count) implements Rearrangement {}

  /** Rows and columns around the picture; where there are fewer than none it is cut. */
  record Border(Padding pixels, Mode mode, double value) implements Rearrangement {
    public Taps rows(Shape in) {
      return Taps.around(pixels.top(), pixels.bottom(), mode, in.height());
    }

    public Taps columns(Shape in) {
      return Taps.around(pixels.left(), pixels.right(), mode, in.width());
    }
  }

  /** What a border is made of. */
  enum Mode {
    CONSTANT,
    /** The picture in a mirror at the middle of its edge's pixels. */
    REFLECT,
    /** The pixels at the edge. */
    EDGE,
    /** The picture, repeated. */
    WRAP
  }

  /** The picture in another size. */
  record Resize(Side rows, Side columns, Interpolation how) implements Rearrangement {
    public Taps rowTaps(Shape in) {
      return Taps.of(rows, how, in.height());
    }

    public Taps columnTaps(Shape in) {
      return Taps.of(columns, how, in.width());
    }
  }

  /**
   * One side of a resize.
   *
   * @param length pixels that come out
   * @param factor by which places are divided; where a file says no other, {@code length} by the
   *     pixels that come in
   * @param from where a part that is cut out begins, 0 being the first pixel and 1 the last
   * @param to where it ends
   */
  record Side(int length, double factor, double from, double to) {
    /** The length that the factor asks for, which may not be whole. */
    public double wanted(int input) {
      double wanted = factor * input;
      return Math.abs(wanted - length) < 1e-6 ? length : wanted;
    }
  }

  @Override
  default String word() {
    return switch (this) {
      case Reshape _ -> "reshape";
      case Permute _ -> "permute";
      case PixelShuffle _ -> "pixel_shuffle";
      case PixelUnshuffle _ -> "pixel_unshuffle";
      case Take _ -> "slice";
      case Border _ -> "border";
      case Resize _ -> "resize";
    };
  }
}
