package dev.cnnc.compiler.ir;

/**
 * The weights of the pixels around a place, an even number of them, as many before it as behind.
 */
final class Neighbours {

  private Neighbours() {}

  /** For a place {@code behind} its pixel, from 0 to 1. */
  static double[] weights(double behind, double factor, Interpolation how) {
    return switch (how.method()) {
      case NEAREST -> nearest(behind, how.rounding());
      case LINEAR -> weights(behind, 1, factor, how);
      case CUBIC -> weights(behind, 2, factor, how);
    };
  }

  private static double[] nearest(double behind, Interpolation.Rounding rounding) {
    boolean first =
        behind == 0
            || switch (rounding) {
              case ROUND_PREFER_FLOOR -> behind <= 0.5;
              case ROUND_PREFER_CEIL -> behind < 0.5;
              case FLOOR -> true;
              case CEIL -> false;
            };
    return first ? new double[] {1, 0} : new double[] {0, 1};
  }

  /**
   * A function of the distance, wider where a smaller picture is made with antialias.
   *
   * @param reach pixels to either side where it is not wider
   */
  private static double[] weights(double behind, int reach, double factor, Interpolation how) {
    double narrow = how.antialias() ? Math.min(factor, 1) : 1;
    int before = (int) Math.ceil(reach / narrow) - 1;
    double[] weights = new double[2 * before + 2];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double distance = Math.abs((i - before - behind) * narrow);
      weights[i] = reach == 1 ? Math.max(0, 1 - distance) : cubic(distance, how.cubic());
      sum += weights[i];
    }
    for (int i = 0; how.antialias() && i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** Keys, Cubic convolution interpolation for digital image processing, 1981, formula 15. */
  private static double cubic(double x, double a) {
    if (x <= 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }
}
