package dev.cnnc.vision;

import dev.cnnc.runtime.Picture;
import java.util.List;

/**
 * Four corners in the pixels of a picture, where the first pixel lies between 0 and 1. The names of
 * the corners say how what is seen there stands: a text that is upside down has its first letter
 * above {@code bottomLeft} after it is turned.
 */
public record Quadrilateral(Point topLeft, Point topRight, Point bottomRight, Point bottomLeft) {

  /**
   * A text that is taller by more stands on its side (PaddleOCR, {@code tools/infer/utility.py}).
   */
  private static final double TALL = 1.5;

  /** The corners, clockwise from the upper left one. */
  public List<Point> points() {
    return List.of(topLeft, topRight, bottomRight, bottomLeft);
  }

  /** The longer of the upper and the lower side. */
  public double width() {
    return Math.max(distance(topLeft, topRight), distance(bottomLeft, bottomRight));
  }

  /** The longer of the left and the right side. */
  public double height() {
    return Math.max(distance(topLeft, bottomLeft), distance(topRight, bottomRight));
  }

  /** The same corners, named as they lie after so many quarter turns against the clock. */
  public Quadrilateral turned(int quarters) {
    int first = Math.floorMod(quarters, 4);
    List<Point> points = points();
    return new Quadrilateral(
        points.get(first),
        points.get((first + 1) % 4),
        points.get((first + 2) % 4),
        points.get((first + 3) % 4));
  }

  /**
   * A line of text that lies on its side is turned by a quarter against the clock, as {@code
   * get_rotate_crop_image} of PaddleOCR does where the height is at least 1.5 times the width.
   */
  public Quadrilateral lying() {
    return height() >= TALL * width() ? turned(1) : this;
  }

  /**
   * What the picture shows between the corners, as an upright picture of {@link #width()} by {@link
   * #height()} pixels, rounded down, at least one. Each pixel is interpolated from four neighbours
   * at the place that the perspective of the corners gives its centre; beside the picture its
   * border is repeated. As {@code cv2.warpPerspective} with {@code INTER_LINEAR} and {@code
   * BORDER_REPLICATE}, with corners at the edges of pixels and not at their centres.
   */
  public Picture crop(Picture picture) {
    int columns = Math.max(1, (int) width());
    int rows = Math.max(1, (int) height());
    Perspective perspective = Perspective.ofUnitSquare(this);
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(columns, rows))];
    Sampling sampling = new Sampling(picture);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double across = (column + 0.5) / columns;
        double down = (row + 0.5) / rows;
        sampling.pixel(
            perspective.x(across, down),
            perspective.y(across, down),
            rgb,
            3 * (row * columns + column));
      }
    }
    return new Picture(rgb, columns, rows);
  }

  private static double distance(Point one, Point two) {
    return Math.sqrt(
        ((double) one.x() - two.x()) * ((double) one.x() - two.x())
            + ((double) one.y() - two.y()) * ((double) one.y() - two.y()));
  }
}
