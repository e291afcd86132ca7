package dev.cnnc.compiler.ir;

/**
 * The size of a value for one picture. A vector is a picture of one pixel, so a layer's output has
 * one shape whether it was flattened or pooled; where people read it, a vector is {@code [120]}.
 *
 * @param channels feature maps
 * @param height rows of pixels
 * @param width columns of pixels
 */
public record Shape(int channels, int height, int width) {

  /** A picture of one pixel. */
  public static Shape vector(int channels) {
    return new Shape(channels, 1, 1);
  }

  public boolean isVector() {
    return height == 1 && width == 1;
  }

  public int pixels() {
    return height * width;
  }

  /** Of axis 0, the channels, 1, the rows, or 2, the columns. */
  public int side(int axis) {
    return switch (axis) {
      case 0 -> channels;
      case 1 -> height;
      case 2 -> width;
      default -> throw new IllegalArgumentException("axis " + axis);
    };
  }

  /** Number of elements. Lowering has checked that it fits an {@code int}. */
  public int size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return isVector() ? "[" + channels + "]" : "[" + channels + ", " + height + ", " + width + "]";
  }
}
