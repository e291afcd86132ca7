package dev.cnnc.compiler.ir;

import java.math.BigInteger;
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

    /** Whether engines that compute places in float choose the same pixels for an output. */
    public boolean isSameInFloat(Shape in) {
      return Taps.isSameInFloat(rows, how, in.height())
          && Taps.isSameInFloat(columns, how, in.width());
    }
  }

  /**
   * One side of a resize.
   *
   * @param length pixels that come out
   * @param factor by which places are divided, {@code length} by the pixels that come in where a
   *     file says no other. It stands for the simplest fraction that rounds to it, unless it is a
   *     float and no small fraction: then what is computed with it is rounded to floats.
   * @param from where a part that is cut out begins, 0 being the first pixel and 1 the last; a
   *     number like {@code factor}
   * @param to where it ends
   */
  record Side(int length, double factor, double from, double to) {

    private static final BigInteger SMALL = BigInteger.valueOf(1 << 16);

    /** All of the picture, in another length. */
    public static Side of(int length, int input) {
      return new Side(length, (double) length / input, 0, 1);
    }

    /** The length that the factor makes of {@code input} pixels; it may be none, or too long. */
    public static double length(double factor, int input) {
      return isExact(factor)
          ? Fraction.near(factor).times(Fraction.of(input)).floor().doubleValue()
          : Math.floor((float) factor * input);
    }

    private static boolean isExact(double number) {
      return Double.isFinite(number)
          && ((float) number != number
              || Fraction.near(number).denominator().compareTo(SMALL) <= 0);
    }

    /** Whether the factor stands for a fraction. */
    public boolean isRatio() {
      return isExact(factor);
    }

    /** Whether all numbers stand for fractions. */
    public boolean isExact() {
      return isExact(factor) && isExact(from) && isExact(to);
    }

    /** The length that the factor asks for, which may not be whole. */
    public Fraction wanted(int input) {
      Fraction wanted =
          isExact(factor)
              ? Fraction.near(factor).times(Fraction.of(input))
              : Fraction.near((float) factor * input);
      boolean whole = Math.abs(wanted.doubleValue() - length) <= 2 * Math.ulp((float) length);
      return whole ? Fraction.of(length) : wanted;
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
