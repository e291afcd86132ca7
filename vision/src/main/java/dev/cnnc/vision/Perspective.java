package dev.cnnc.vision;

/**
 * The projective map from a square to a quadrilateral: {@code x = (a u + b v + c) / (g u + h v +
 * 1)}, {@code y = (d u + e v + f) / (g u + h v + 1)} for u and v from 0 to 1. The eight numbers are
 * those of P. Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989, section 2.2.3.
 */
record Perspective(double a, double b, double c, double d, double e, double f, double g, double h) {

  /** The corners in their order belong to (0, 0), (1, 0), (1, 1) and (0, 1). */
  static Perspective ofUnitSquare(Quadrilateral corners) {
    double x0 = corners.topLeft().x();
    double x1 = corners.topRight().x();
    double x2 = corners.bottomRight().x();
    double x3 = corners.bottomLeft().x();
    double y0 = corners.topLeft().y();
    double y1 = corners.topRight().y();
    double y2 = corners.bottomRight().y();
    double y3 = corners.bottomLeft().y();
    double sumX = x0 - x1 + x2 - x3;
    double sumY = y0 - y1 + y2 - y3;
    double determinant = (x1 - x2) * (y3 - y2) - (x3 - x2) * (y1 - y2);
    // Corners on one line have no inside: every place is on the line then.
    double g = determinant == 0 ? 0 : (sumX * (y3 - y2) - (x3 - x2) * sumY) / determinant;
    double h = determinant == 0 ? 0 : ((x1 - x2) * sumY - sumX * (y1 - y2)) / determinant;
    return new Perspective(
        x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h);
  }

  double x(double u, double v) {
    return (a * u + b * v + c) / (g * u + h * v + 1);
  }

  double y(double u, double v) {
    return (d * u + e * v + f) / (g * u + h * v + 1);
  }
}
