package dev.cnnc.runtime;

/**
 * Where a value lies in the arena, channels last: element (channel, row, column) is at {@code
 * offset + row * line + column * pixel + channel}. All in floats.
 *
 * @param offset of channel 0 of the first pixel, behind the halo
 * @param channels that mean something
 * @param height rows
 * @param width columns
 * @param pixel distance of neighbours in a row, at least {@code channels}
 * @param line distance of neighbours in a column, at least {@code width * pixel}
 */
public record View(int offset, int channels, int height, int width, int pixel, int line) {

  /** Number of elements that mean something. */
  public int size() {
    return channels * height * width;
  }
}
