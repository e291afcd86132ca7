package dev.cnnc.runtime;

/**
 * A picture as bytes.
 *
 * @param rgb red, green, blue of every pixel, row by row from the top; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is enough: pictures are large.
public record Picture(byte[] rgb, int width, int height) {
  public Picture {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "a picture of %s by %s pixels takes three bytes each, not %s"
              .formatted(width, height, rgb.length));
    }
  }
}
