package dev.cnnc.vision;

import dev.cnnc.runtime.Picture;

/** Reads a picture at places between its pixels, bilinearly; beside it the border is repeated. */
record Sampling(Picture picture) {

  /** Writes red, green and blue of a place, where the first pixel lies between 0 and 1. */
  void pixel(double x, double y, byte[] into, int at) {
    double column = Math.clamp(x - 0.5, 0, picture.width() - 1);
    double row = Math.clamp(y - 0.5, 0, picture.height() - 1);
    int left = (int) column;
    int top = (int) row;
    int right = Math.min(left + 1, picture.width() - 1);
    int bottom = Math.min(top + 1, picture.height() - 1);
    for (int channel = 0; channel < 3; channel++) {
      double above = between(at(left, top, channel), at(right, top, channel), column - left);
      double below = between(at(left, bottom, channel), at(right, bottom, channel), column - left);
      into[at + channel] = (byte) Math.round(between(above, below, row - top));
    }
  }

  private int at(int column, int row, int channel) {
    return picture.rgb()[3 * (row * picture.width() + column) + channel] & 0xFF;
  }

  private static double between(double first, double second, double weight) {
    return first + (second - first) * weight;
  }
}
