package dev.cnnc.runtime;

/**
 * Bilinear resizing with antialias, byte for byte as in PIL, because networks are trained on its
 * bytes. The filter is a triangle as wide as the reduction, applied along rows, then along columns,
 * each time rounded to 8 bits, with weights of 22 fractional bits.
 */
final class Resampling {
  /** 32 bits, less 8 of the pixel, less 2 that PIL keeps for filters beyond one. */
  private static final int FRACTION = 22;

  private static final int HALF = 1 << (FRACTION - 1);

  private Resampling() {}

  static Picture resize(Picture picture, int width, int height) {
    return part(picture, width, height, new Part(0, 0, width, height));
  }

  /**
   * A part of the resized picture. Only this part is computed, row by row of the original, because
   * a resized picture, or one resized along its rows only, can be much larger than both ends.
   */
  static Picture part(Picture picture, int width, int height, Part part) {
    Taps[] across = taps(picture.width(), width, part.left, part.width);
    Taps[] down = taps(picture.height(), height, part.top, part.height);
    int line = 3 * part.width;
    byte[] to = new byte[Math.toIntExact((long) line * part.height)];
    int[][] sums = new int[part.height][];
    byte[] row = new byte[line];
    int open = 0;
    for (int y = down[0].first; open < down.length; y++) {
      along(picture, y, across, row);
      for (int target = open; target < down.length && down[target].first <= y; target++) {
        if (y < down[target].end()) {
          sums[target] = sums[target] == null ? new int[line] : sums[target];
          add(row, down[target].weights[y - down[target].first], sums[target]);
        }
      }
      for (; open < down.length && down[open].end() <= y + 1; open++) {
        rounded(sums[open], to, open * line);
        sums[open] = null;
      }
    }
    return new Picture(to, part.width, part.height);
  }

  /** One row of the original, resized to the columns of the part. */
  private static void along(Picture picture, int y, Taps[] across, byte[] row) {
    byte[] from = picture.rgb();
    for (int x = 0; x < across.length; x++) {
      int first = 3 * (y * picture.width() + across[x].first);
      int[] weights = across[x].weights;
      for (int channel = 0; channel < 3; channel++) {
        int sum = HALF;
        for (int tap = 0; tap < weights.length; tap++) {
          sum += (from[first + channel + 3 * tap] & 0xFF) * weights[tap];
        }
        row[3 * x + channel] = (byte) Math.clamp(sum >> FRACTION, 0, 255);
      }
    }
  }

  private static void add(byte[] row, int weight, int[] sums) {
    for (int index = 0; index < sums.length; index++) {
      sums[index] += (row[index] & 0xFF) * weight;
    }
  }

  private static void rounded(int[] sums, byte[] to, int at) {
    for (int index = 0; index < sums.length; index++) {
      to[at + index] = (byte) Math.clamp((sums[index] + HALF) >> FRACTION, 0, 255);
    }
  }

  /** The weights of {@code count} of {@code to} pixels, from the given one on. */
  private static Taps[] taps(int from, int to, int start, int count) {
    Taps[] taps = new Taps[count];
    double scale = (double) from / to;
    for (int index = 0; index < count; index++) {
      taps[index] = taps(from, (start + index + 0.5) * scale, Math.max(scale, 1));
    }
    return taps;
  }

  private static Taps taps(int size, double centre, double reach) {
    int first = Math.max((int) (centre - reach + 0.5), 0);
    int end = Math.min((int) (centre + reach + 0.5), size);
    double inverse = 1 / reach;
    double[] triangle = new double[end - first];
    double sum = 0;
    for (int tap = 0; tap < triangle.length; tap++) {
      triangle[tap] = Math.max(0, 1 - Math.abs((tap + first - centre + 0.5) * inverse));
      sum += triangle[tap];
    }
    int[] weights = new int[triangle.length];
    for (int tap = 0; tap < weights.length; tap++) {
      weights[tap] = (int) (0.5 + triangle[tap] / sum * (1 << FRACTION));
    }
    return new Taps(first, weights);
  }

  /** The wanted columns and rows of a resized picture, at least one of each. */
  record Part(int left, int top, int width, int height) {}

  /** The weights of one output pixel, for the pixels from {@code first} on. */
  private static final class Taps {
    private final int first;
    private final int[] weights;

    Taps(int first, int[] weights) {
      this.first = first;
      this.weights = weights;
    }

    int end() {
      return first + weights.length;
    }
  }
}
