package dev.cnnc.vision;

import dev.cnnc.runtime.Picture;
import java.util.List;

/** Draws what was found over a picture. */
public final class Drawing {
  /** Lines are this part of the shorter side. */
  private static final int THICKNESS = 200;

  private static final int FIRST_SIDE = 0xFF0000;
  private static final int SIDE = 0x00C000;

  private final byte[] rgb;
  private final int width;
  private final int height;
  private final int thickness;

  private Drawing(Picture picture) {
    rgb = picture.rgb().clone();
    width = picture.width();
    height = picture.height();
    thickness = Math.max(1, Math.min(width, height) / THICKNESS);
  }

  /** A copy with the frames of the boxes, in the colours of their classes, and the landmarks. */
  public static Picture of(Picture picture, List<Detection> found) {
    Drawing drawing = new Drawing(picture);
    for (Detection each : found.reversed()) {
      int colour = Mask.colour(each.index());
      drawing.frame(each.box(), colour);
      for (Point point : each.landmarks()) {
        drawing.dot(point, colour);
      }
    }
    return new Picture(drawing.rgb, drawing.width, drawing.height);
  }

  /** A copy with the sides of the lines of text; the first side of each is red. */
  public static Picture lines(Picture picture, List<Region> found) {
    Drawing drawing = new Drawing(picture);
    for (Region each : found) {
      Quadrilateral corners = each.corners();
      drawing.stroke(corners.topRight(), corners.bottomRight(), SIDE);
      drawing.stroke(corners.bottomRight(), corners.bottomLeft(), SIDE);
      drawing.stroke(corners.bottomLeft(), corners.topLeft(), SIDE);
      drawing.stroke(corners.topLeft(), corners.topRight(), FIRST_SIDE);
    }
    return new Picture(drawing.rgb, drawing.width, drawing.height);
  }

  private void stroke(Point from, Point to, int colour) {
    double across = (double) to.x() - from.x();
    double down = (double) to.y() - from.y();
    int steps = 1 + (int) Math.max(Math.abs(across), Math.abs(down));
    for (int step = 0; step <= steps; step++) {
      int x = (int) Math.round(from.x() + across * step / steps - thickness / 2.0);
      int y = (int) Math.round(from.y() + down * step / steps - thickness / 2.0);
      fill(x, y, x + thickness, y + thickness, colour);
    }
  }

  private void frame(Box box, int colour) {
    int left = Math.round(box.left());
    int top = Math.round(box.top());
    int right = Math.round(box.right());
    int bottom = Math.round(box.bottom());
    fill(left, top, right, top + thickness, colour);
    fill(left, bottom - thickness, right, bottom, colour);
    fill(left, top, left + thickness, bottom, colour);
    fill(right - thickness, top, right, bottom, colour);
  }

  private void dot(Point point, int colour) {
    int x = Math.round(point.x());
    int y = Math.round(point.y());
    fill(x - thickness, y - thickness, x + thickness + 1, y + thickness + 1, colour);
  }

  private void fill(int left, int top, int right, int bottom, int colour) {
    for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
      for (int x = Math.max(0, left); x < Math.min(width, right); x++) {
        int at = 3 * (y * width + x);
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
      }
    }
  }
}
