package dev.cnnc.runtime;

/**
 * Bilinear resizing with antialias, byte for byte as in PIL, because networks are trained on its
 * bytes. The filter is a triangle as wide as the reduction, applied along rows, then along columns,
 * each time rounded to 8 bits, with weights of 22 fractional bits.
 */
final class Resampling {
  /** 32 bits, less 8 of the pixel, less 2 that PIL keeps for filters beyond one. */
  private static final int FRACTION = 22;

  private Resampling() {}

  static Picture resize(Picture picture, int width, int height) {
    Picture narrow =
        picture.width() == width ? picture : along(picture, width, picture.height(), true);
    return picture.height() == height ? narrow : along(narrow, width, height, false);
  }

  private static Picture along(Picture picture, int width, int height, boolean rows) {
    byte[] from = picture.rgb();
    byte[] to = new byte[Math.toIntExact(3L * width * height)];
    int stride = rows ? 3 : 3 * picture.width();
    Taps[] all = rows ? taps(picture.width(), width) : taps(picture.height(), height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        Taps taps = all[rows ? x : y];
        int first = rows ? 3 * (y * picture.width() + taps.first) : 3 * (taps.first * width + x);
        int target = 3 * (y * width + x);
        for (int channel = 0; channel < 3; channel++) {
          to[target + channel] = weigh(from, first + channel, stride, taps.weights);
        }
      }
    }
    return new Picture(to, width, height);
  }

  private static byte weigh(byte[] from, int first, int stride, int[] weights) {
    int sum = 1 << (FRACTION - 1);
    for (int tap = 0; tap < weights.length; tap++) {
      sum += (from[first + tap * stride] & 0xFF) * weights[tap];
    }
    return (byte) Math.clamp(sum >> FRACTION, 0, 255);
  }

  private static Taps[] taps(int from, int to) {
    Taps[] taps = new Taps[to];
    double scale = (double) from / to;
    for (int index = 0; index < to; index++) {
      taps[index] = taps(from, (index + 0.5) * scale, Math.max(scale, 1));
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

  /** The weights of one output pixel, for the pixels from {@code first} on. */
  private static final class Taps {
    private final int first;
    private final int[] weights;

    Taps(int first, int[] weights) {
      this.first = first;
      this.weights = weights;
    }
  }
}
