package dev.cnnc.vision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rectangle at any angle.
 *
 * @param cosine of the angle between its first side and a row
 * @param width along its first side
 * @param height along its second side
 */
record Rectangle(double x, double y, double cosine, double sine, double width, double height) {

  /** Pixels on the edge are inside, whatever the rounding. */
  private static final double SLACK = 1e-6;

  /** A place. */
  record Place(double x, double y) {}

  /**
   * The smallest one around places. One of its sides lies on a side of their convex hull (H.
   * Freeman, R. Shapira, 1975), so all of these are tried, as in {@code cv2.minAreaRect}.
   *
   * @param hull in order around
   */
  static Rectangle around(List<Place> hull) {
    Rectangle best = along(hull, 1, 0);
    for (int index = 0; index < hull.size(); index++) {
      Place from = hull.get(index);
      Place to = hull.get((index + 1) % hull.size());
      double length = StrictMath.hypot(to.x - from.x, to.y - from.y);
      if (length > 0) {
        Rectangle next = along(hull, (to.x - from.x) / length, (to.y - from.y) / length);
        if (next.width * next.height < best.width * best.height) {
          best = next;
        }
      }
    }
    return best;
  }

  private static Rectangle along(List<Place> places, double cosine, double sine) {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (Place place : places) {
      double across = place.x * cosine + place.y * sine;
      double down = place.y * cosine - place.x * sine;
      left = Math.min(left, across);
      right = Math.max(right, across);
      top = Math.min(top, down);
      bottom = Math.max(bottom, down);
    }
    double across = (left + right) / 2;
    double down = (top + bottom) / 2;
    return new Rectangle(
        across * cosine - down * sine,
        across * sine + down * cosine,
        cosine,
        sine,
        right - left,
        bottom - top);
  }

  double shorter() {
    return Math.min(width, height);
  }

  /**
   * Grown on all sides by {@code area * ratio / perimeter} (DB, section 3.5: the inverse of the
   * shrinking of training labels). A polygon offset with round corners has this smallest rectangle.
   */
  Rectangle unclipped(double ratio) {
    double by = width * height * ratio / (2 * (width + height));
    return new Rectangle(x, y, cosine, sine, width + 2 * by, height + 2 * by);
  }

  boolean holds(double column, double row) {
    double across = (column - x) * cosine + (row - y) * sine;
    double down = (row - y) * cosine - (column - x) * sine;
    return Math.abs(across) <= width / 2 + SLACK && Math.abs(down) <= height / 2 + SLACK;
  }

  /** Half of the rows that it reaches. */
  double reachDown() {
    return (Math.abs(width * sine) + Math.abs(height * cosine)) / 2;
  }

  /** Half of the columns that it reaches. */
  double reachAcross() {
    return (Math.abs(width * cosine) + Math.abs(height * sine)) / 2;
  }

  /**
   * Its corners. Of the two at the left the upper one is the first, and so at the right (PaddleOCR,
   * {@code get_mini_boxes}).
   */
  List<Place> corners() {
    List<Place> corners = new ArrayList<>(4);
    for (double across : new double[] {-width / 2, width / 2}) {
      for (double down : new double[] {-height / 2, height / 2}) {
        corners.add(
            new Place(x + across * cosine - down * sine, y + across * sine + down * cosine));
      }
    }
    corners.sort(Comparator.comparingDouble(Place::x));
    boolean leftIsUpper = corners.get(0).y <= corners.get(1).y;
    boolean rightIsUpper = corners.get(2).y <= corners.get(3).y;
    return List.of(
        corners.get(leftIsUpper ? 0 : 1),
        corners.get(rightIsUpper ? 2 : 3),
        corners.get(rightIsUpper ? 3 : 2),
        corners.get(leftIsUpper ? 1 : 0));
  }
}
