package dev.cnnc.vision;

/** A rectangle in pixels; the first pixel of a picture lies between 0 and 1. */
public record Box(float left, float top, float right, float bottom) {

  /** The box around a centre. */
  static Box around(double x, double y, double width, double height) {
    return new Box(
        (float) (x - width / 2),
        (float) (y - height / 2),
        (float) (x + width / 2),
        (float) (y + height / 2));
  }

  /** Columns, not below 0. */
  public float width() {
    return Math.max(0, right - left);
  }

  /** Rows, not below 0. */
  public float height() {
    return Math.max(0, bottom - top);
  }

  /** The common area of two boxes, divided by the area that they cover together; from 0 to 1. */
  public double overlap(Box other) {
    double across = Math.min((double) right, other.right) - Math.max((double) left, other.left);
    double down = Math.min((double) bottom, other.bottom) - Math.max((double) top, other.top);
    double common = Math.max(0, across) * Math.max(0, down);
    double all = area() + other.area() - common;
    return all > 0 ? common / all : 0;
  }

  /** Whether a side is not a number. */
  boolean isNowhere() {
    return Float.isNaN(left) || Float.isNaN(top) || Float.isNaN(right) || Float.isNaN(bottom);
  }

  private double area() {
    return (double) width() * height();
  }
}
