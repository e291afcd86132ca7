package dev.cnnc.compiler.predict;

import java.util.List;

/**
 * How long one core takes to read a byte, by the number of other bytes that it touches before it
 * comes back to it: the caches of the machine as they were measured.
 *
 * @param points by number of bytes, ascending, one at least
 */
public record ReadSpeed(List<Point> points) {

  /**
   * A measured point.
   *
   * @param bytes that are read round and round
   * @param nanoseconds for each of them
   */
  public record Point(long bytes, double nanoseconds) {}

  public ReadSpeed {
    points = List.copyOf(points);
  }

  /** Nanoseconds a byte; between two points in proportion to the logarithm of the distance. */
  public double nanoseconds(double distance) {
    Point before = points.getFirst();
    if (distance <= before.bytes) {
      return before.nanoseconds;
    }
    for (Point point : points) {
      if (distance <= point.bytes) {
        double part =
            Math.log(distance / before.bytes) / Math.log((double) point.bytes / before.bytes);
        return before.nanoseconds + part * (point.nanoseconds - before.nanoseconds);
      }
      before = point;
    }
    return before.nanoseconds;
  }

  /** What a byte takes more than one of the fastest cache. */
  public double beyondFastest(double distance) {
    return Math.max(0, nanoseconds(distance) - points.getFirst().nanoseconds);
  }
}
