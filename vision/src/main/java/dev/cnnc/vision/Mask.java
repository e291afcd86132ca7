package dev.cnnc.vision;

import dev.cnnc.runtime.Picture;
import java.util.List;

/**
 * The class of each pixel of a picture.
 *
 * @param width of the picture that went in
 * @param height of the picture that went in
 * @param classes row by row; not copied
 * @param labels names of the classes; may be too few
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is enough: masks are large.
public record Mask(int width, int height, short[] classes, List<String> labels) {

  /** Angle between the colours of neighbouring classes: far apart for any number of them. */
  private static final double GOLDEN = 0.618033988749895;

  public Mask {
    labels = List.copyOf(labels);
  }

  /** The class at a pixel. */
  public int at(int x, int y) {
    return classes[y * width + x];
  }

  /** How many pixels have the class. */
  public long count(int index) {
    long count = 0;
    for (short each : classes) {
      count += each == index ? 1 : 0;
    }
    return count;
  }

  /** The name of a class, or its number where it has none. */
  public String label(int index) {
    return index < labels.size() ? labels.get(index) : Integer.toString(index);
  }

  /** The picture, half of it in the colour of each pixel's class; the class 0 changes nothing. */
  public Picture over(Picture picture) {
    if (picture.width() != width || picture.height() != height) {
      throw new IllegalArgumentException(
          "the mask has %s by %s pixels, the picture %s by %s"
              .formatted(width, height, picture.width(), picture.height()));
    }
    byte[] rgb = picture.rgb().clone();
    for (int pixel = 0; pixel < classes.length; pixel++) {
      if (classes[pixel] != 0) {
        int colour = colour(classes[pixel]);
        for (int channel = 0; channel < 3; channel++) {
          int at = 3 * pixel + channel;
          rgb[at] = (byte) (((rgb[at] & 0xFF) + ((colour >> (16 - 8 * channel)) & 0xFF)) / 2);
        }
      }
    }
    return new Picture(rgb, width, height);
  }

  /** The colour of a class, as 0xRRGGBB: one of a circle of full colours. */
  public static int colour(int index) {
    double turn = index * GOLDEN % 1 * 6;
    return (light(turn) << 16) | (light(turn + 4) << 8) | light(turn + 2);
  }

  /** Of a colour of the circle: full for two sixths, none for two, between them a slope. */
  private static int light(double turn) {
    double away = Math.abs(turn % 6 - 3) - 1;
    return (int) Math.round(255 * Math.clamp(away, 0, 1));
  }
}
