package dev.cnnc.runtime;

/**
 * What a conv or a pool sees for one output pixel, and how it moves; in pixels.
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

  /** Positions under it. */
  public int taps() {
    return height * width;
  }
}
