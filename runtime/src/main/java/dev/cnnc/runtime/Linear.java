package dev.cnnc.runtime;

/**
 * Bilinear resizing of four neighbours, byte for byte as {@code cv2.resize} with {@code
 * INTER_LINEAR} (OpenCV 4, imgproc/src/resize.cpp, HResizeLinear and VResizeLinear for bytes):
 * weights of 11 fractional bits, rounded half to even; sums of a row are cut to 7 fractional bits
 * before they are weighted by rows.
 */
final class Linear {
  private static final int ONE = 1 << 11;

  private Linear() {}

  /** A part of the resized picture; only this part is computed. */
  static Picture part(Picture picture, int width, int height, Resampling.Part part) {
    Taps across = columns(picture.width(), width, part.left(), part.width());
    Taps down = rows(picture.height(), height, part.top(), part.height());
    int line = 3 * part.width();
    byte[] to = new byte[Math.toIntExact((long) line * part.height())];
    int[] upper = new int[line];
    int[] lower = new int[line];
    int upperRow = -1;
    int lowerRow = -1;
    for (int row = 0; row < part.height(); row++) {
      int first = down.first[row];
      int second = down.second[row];
      if (first == lowerRow) {
        int[] swapped = upper;
        upper = lower;
        lower = swapped;
        upperRow = lowerRow;
        lowerRow = -1;
      }
      if (first != upperRow) {
        along(picture, first, across, upper);
        upperRow = first;
      }
      if (second != lowerRow) {
        along(picture, second, across, lower);
        lowerRow = second;
      }
      between(upper, down.firstWeight[row], lower, down.secondWeight[row], to, row * line);
    }
    return new Picture(to, part.width(), part.height());
  }

  private static void along(Picture picture, int row, Taps across, int[] sums) {
    byte[] rgb = picture.rgb();
    int start = 3 * row * picture.width();
    for (int x = 0; x < across.first.length; x++) {
      int first = start + 3 * across.first[x];
      int second = start + 3 * across.second[x];
      for (int channel = 0; channel < 3; channel++) {
        sums[3 * x + channel] =
            (rgb[first + channel] & 0xFF) * across.firstWeight[x]
                + (rgb[second + channel] & 0xFF) * across.secondWeight[x];
      }
    }
  }

  private static void between(
      int[] upper, int upperWeight, int[] lower, int lowerWeight, byte[] to, int at) {
    for (int index = 0; index < upper.length; index++) {
      int above = (upperWeight * (upper[index] >> 4)) >> 16;
      int below = (lowerWeight * (lower[index] >> 4)) >> 16;
      to[at + index] = (byte) ((above + below + 2) >> 2);
    }
  }

  /** Columns beside the picture count as its first or last one alone. */
  private static Taps columns(int from, int to, int start, int count) {
    Taps taps = new Taps(count);
    for (int index = 0; index < count; index++) {
      float place = place(from, to, start + index);
      int whole = (int) Math.floor(place);
      boolean inside = whole >= 0 && whole < from - 1;
      taps.set(index, Math.clamp(whole, 0, from - 1), from, inside ? place - whole : 0);
    }
    return taps;
  }

  /** Rows beside the picture keep their weights, although both are the same row then. */
  private static Taps rows(int from, int to, int start, int count) {
    Taps taps = new Taps(count);
    for (int index = 0; index < count; index++) {
      float place = place(from, to, start + index);
      int whole = (int) Math.floor(place);
      taps.set(index, whole, from, place - whole);
    }
    return taps;
  }

  private static float place(int from, int to, int index) {
    double scale = 1 / ((double) to / from);
    return (float) ((index + 0.5) * scale - 0.5);
  }

  /** For each output pixel its two neighbours and their weights. */
  private static final class Taps {
    private final int[] first;
    private final int[] second;
    private final int[] firstWeight;
    private final int[] secondWeight;

    Taps(int count) {
      first = new int[count];
      second = new int[count];
      firstWeight = new int[count];
      secondWeight = new int[count];
    }

    void set(int index, int whole, int size, float fraction) {
      first[index] = Math.clamp(whole, 0, size - 1);
      second[index] = Math.clamp(whole + 1, 0, size - 1);
      firstWeight[index] = (int) Math.rint((1 - fraction) * ONE);
      secondWeight[index] = (int) Math.rint(fraction * ONE);
    }
  }
}
