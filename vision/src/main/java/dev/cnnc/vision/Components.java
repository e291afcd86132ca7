package dev.cnnc.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The connected pixels of a map above a threshold; pixels touch at sides and at corners, as those
 * of {@code cv2.findContours}. Holes are no components of their own.
 */
final class Components {
  private final int width;
  private final int height;
  private final boolean[] open;
  private final int[] stack;

  /** The first and last column of the component in each row; the row has none if first is more. */
  private final int[] first;

  private final int[] last;

  private Components(float[] map, int width, int height, double threshold) {
    this.width = width;
    this.height = height;
    open = new boolean[width * height];
    for (int pixel = 0; pixel < open.length; pixel++) {
      open[pixel] = map[pixel] > threshold;
    }
    stack = new int[open.length];
    first = new int[height];
    last = new int[height];
  }

  /**
   * The convex hull of the centres of each component, in the order of their first pixels.
   *
   * @param map row by row
   */
  static List<List<Rectangle.Place>> hulls(float[] map, int width, int height, double threshold) {
    Components components = new Components(map, width, height, threshold);
    List<List<Rectangle.Place>> hulls = new ArrayList<>();
    for (int pixel = 0; pixel < components.open.length; pixel++) {
      if (components.open[pixel]) {
        hulls.add(components.hull(pixel));
      }
    }
    return hulls;
  }

  /** Closes the pixels of a component. */
  private List<Rectangle.Place> hull(int start) {
    Arrays.fill(first, width);
    Arrays.fill(last, -1);
    int count = 0;
    stack[count++] = start;
    open[start] = false;
    while (count > 0) {
      int pixel = stack[--count];
      int row = pixel / width;
      int column = pixel - row * width;
      first[row] = Math.min(first[row], column);
      last[row] = Math.max(last[row], column);
      for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          if (open[y * width + x]) {
            open[y * width + x] = false;
            stack[count++] = y * width + x;
          }
        }
      }
    }
    return hull();
  }

  /**
   * Down along the last columns, and up along the first ones (A. M. Andrew, 1979). A top row of one
   * pixel is both the first place and the last.
   */
  private List<Rectangle.Place> hull() {
    List<Rectangle.Place> around = new ArrayList<>();
    for (int row = 0; row < height; row++) {
      if (last[row] >= 0) {
        turn(around, 0, new Rectangle.Place(last[row] + 0.5, row + 0.5));
      }
    }
    int kept = around.size() - 1;
    for (int row = height - 1; row >= 0; row--) {
      if (last[row] >= 0) {
        turn(around, kept, new Rectangle.Place(first[row] + 0.5, row + 0.5));
      }
    }
    if (around.size() > 1 && around.getLast().equals(around.getFirst())) {
      around.removeLast();
    }
    return around;
  }

  /** Adds a place, and drops those before it, behind the first {@code kept}, that lie inside. */
  private static void turn(List<Rectangle.Place> around, int kept, Rectangle.Place next) {
    while (around.size() >= kept + 2) {
      Rectangle.Place middle = around.getLast();
      Rectangle.Place before = around.get(around.size() - 2);
      double cross =
          (middle.x() - before.x()) * (next.y() - before.y())
              - (middle.y() - before.y()) * (next.x() - before.x());
      if (cross > 0) {
        break;
      }
      around.removeLast();
    }
    around.add(next);
  }
}
