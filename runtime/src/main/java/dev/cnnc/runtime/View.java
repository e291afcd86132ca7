package dev.cnnc.runtime;

/**
 * Where a value lies in the arena: element (channel, row, column) is at {@code offset + channel *
 * plane + row * line + column * pixel}. All in floats. Channels last, {@code plane} is 1; planar,
 * {@code pixel} is.
 *
 * @param offset of channel 0 of the first pixel, behind the halo
 * @param channels that mean something
 * @param height rows
 * @param width columns
 * @param pixel distance of neighbours in a row
 * @param line distance of neighbours in a column, at least {@code width * pixel}
 * @param plane distance from one channel to the next
 */
public record View(
    int offset, int channels, int height, int width, int pixel, int line, int plane) {

  /** Channels last. */
  public View(int offset, int channels, int height, int width, int pixel, int line) {
    this(offset, channels, height, width, pixel, line, 1);
  }

  /** Number of elements that mean something. */
  public int size() {
    return channels * height * width;
  }

  /** Copies a value from {@code from}, in the order of people: channels, rows, columns. */
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

  /** Copies a value to {@code to}, in the order of people. */
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

  /** Where a row begins, those of channel 0 first. */
  private int start(int row) {
    return offset + row / height * plane + row % height * line;
  }
}
