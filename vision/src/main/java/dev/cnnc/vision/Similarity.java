package dev.cnnc.vision;

import java.util.List;

/**
 * A map that keeps angles: {@code x' = a x - b y + c}, {@code y' = b x + a y + d}; {@link
 * Alignment} has its source.
 */
record Similarity(double a, double b, double c, double d) {

  /** The map for which the squares of the distances between images and targets are least. */
  static Similarity best(List<Point> from, List<Point> to) {
    double fromX = from.stream().mapToDouble(Point::x).sum() / from.size();
    double fromY = from.stream().mapToDouble(Point::y).sum() / from.size();
    double toX = to.stream().mapToDouble(Point::x).sum() / to.size();
    double toY = to.stream().mapToDouble(Point::y).sum() / to.size();
    double along = 0;
    double across = 0;
    double squares = 0;
    for (int index = 0; index < from.size(); index++) {
      double x = from.get(index).x() - fromX;
      double y = from.get(index).y() - fromY;
      double wantedX = to.get(index).x() - toX;
      double wantedY = to.get(index).y() - toY;
      along += x * wantedX + y * wantedY;
      across += x * wantedY - y * wantedX;
      squares += x * x + y * y;
    }
    if (squares == 0 || (along == 0 && across == 0)) {
      throw new IllegalArgumentException("the landmarks are all at one place");
    }
    double a = along / squares;
    double b = across / squares;
    return new Similarity(a, b, toX - a * fromX + b * fromY, toY - b * fromX - a * fromY);
  }

  Similarity inverse() {
    double square = a * a + b * b;
    return new Similarity(
        a / square, -b / square, -(a * c + b * d) / square, (b * c - a * d) / square);
  }

  double x(double x, double y) {
    return a * x - b * y + c;
  }

  double y(double x, double y) {
    return b * x + a * y + d;
  }
}
