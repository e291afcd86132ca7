package dev.cnnc.compiler.ir;

/**
 * What a conv or a pool sees for one output pixel, and how it moves. All in pixels, from 1.
 *
 * @param height rows of the kernel
 * @param width columns of the kernel
 */
public record Window(
    int height,
    int width,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    Padding padding) {

  /** A window of stride and dilation 1 without padding. */
  public static Window of(int height, int width) {
    return new Window(height, width, 1, 1, 1, 1, Padding.NONE);
  }

  /** The same with other padding. */
  public Window with(Padding other) {
    return new Window(
        height, width, strideHeight, strideWidth, dilationHeight, dilationWidth, other);
  }

  /** Rows it covers, dilation included. */
  public int reachHeight() {
    return (height - 1) * dilationHeight + 1;
  }

  /** Columns it covers, dilation included. */
  public int reachWidth() {
    return (width - 1) * dilationWidth + 1;
  }

  /** Pixels that are read for one output. */
  public int taps() {
    return Math.multiplyExact(height, width);
  }

  /** Whether it covers more than one pixel without gaps, and moves by one or two. */
  public boolean isDense() {
    return !isDilated() && strideHeight <= 2 && strideWidth <= 2 && !isOnePixel();
  }

  /** Whether there are gaps between the pixels it covers. */
  public boolean isDilated() {
    return dilationHeight > 1 || dilationWidth > 1;
  }

  public boolean isOnePixel() {
    return height == 1 && width == 1;
  }

  /** Output rows for {@code input} rows; none or fewer means that the window does not fit. */
  public int outputHeight(int input, boolean ceil) {
    return steps(input, padding.top(), padding.bottom(), reachHeight(), strideHeight, ceil);
  }

  /** Output columns for {@code input} columns. */
  public int outputWidth(int input, boolean ceil) {
    return steps(input, padding.left(), padding.right(), reachWidth(), strideWidth, ceil);
  }

  /**
   * PyTorch's rule: rounded up, a last window that would begin in the padding behind is dropped.
   */
  private static int steps(int input, int before, int after, int reach, int stride, boolean ceil) {
    int free = input + before + after - reach;
    if (free < 0) {
      return 0;
    }
    int steps = (ceil ? Math.ceilDiv(free, stride) : free / stride) + 1;
    return ceil && (steps - 1) * stride >= input + before ? steps - 1 : steps;
  }
}
