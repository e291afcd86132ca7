package dev.cnnc.runtime;

/**
 * The window of a conv or a pool: its size, stride, dilation and padding in pixels.
 *
 * @param top rows of padding above
 * @param left columns of padding at the left
 * @param bottom rows of padding below
 * @param right columns of padding at the right
 */
public record Window(
    int height,
    int width,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    int top,
    int left,
    int bottom,
    int right) {

  /** Number of positions in the window. */
  public int taps() {
    return height * width;
  }
}
