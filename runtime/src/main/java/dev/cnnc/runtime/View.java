package dev.cnnc.runtime;

/**
 * The place of a value in the arena: element (channel, row, column) is at {@code offset + channel *
 * plane + row * line + column * pixel}. All distances are in floats. In NHWC {@code plane} is 1; in
 * NCHW {@code pixel} is 1.
 *
 * @param offset of channel 0 of the first pixel, behind the halo
 * @param channels without the padding
 * @param height rows
 * @param width columns
 * @param pixel distance between neighbours in a row
 * @param line distance between neighbours in a column, at least {@code width * pixel}
 * @param plane distance from one channel to the next
 */
public record View(
    int offset, int channels, int height, int width, int pixel, int line, int plane) {

  /** A view in NHWC order. */
  public View(int offset, int channels, int height, int width, int pixel, int line) {
    this(offset, channels, height, width, pixel, line, 1);
  }

  /** Number of elements, without padding. */
  public int size() {
    return channels * height * width;
  }

  /**
   * The first {@code few} channels, as side by side as all are: a place inside of this one, for
   * kernels whose results do not matter.
   */
  View narrow(int few) {
    if (channels <= few || plane != 1) {
      return this;
    }
    int apart = pixel == channels ? few : pixel;
    return new View(
        offset, few, height, width, apart, line == width * pixel ? width * apart : line);
  }

  /** Copies a value from {@code from}, which is in NCHW order: channel, row, column. */
  void in(float[] from, float[] arena) {
    for (int row = 0; row < channels * height; row++) {
      int start = start(row);
      if (pixel == 1) {
        System.arraycopy(from, row * width, arena, start, width);
        continue;
      }
      for (int column = 0; column < width; column++) {
        arena[start + column * pixel] = from[row * width + column];
      }
    }
  }

  /** Copies a value to {@code to}, in NCHW order. */
  public void out(float[] arena, float[] to) {
    for (int row = 0; row < channels * height; row++) {
      int start = start(row);
      if (pixel == 1) {
        System.arraycopy(arena, start, to, row * width, width);
        continue;
      }
      for (int column = 0; column < width; column++) {
        to[row * width + column] = arena[start + column * pixel];
      }
    }
  }

  /** Start of a row; rows of channel 0 come first. */
  private int start(int row) {
    return offset + row / height * plane + row % height * line;
  }
}
