package dev.cnnc.compiler.verify;

/**
 * The largest distance of numbers from their correct values.
 *
 * <p>Near zero the last place of a float has no meaning, because larger numbers were added on the
 * way. So elements below a sixteenth of the largest are measured in units of the last place of that
 * sixteenth.
 *
 * @param absolute the absolute difference; infinite if only one of both is finite
 * @param ulps difference in units of the last place of the correct value
 * @param largest the largest correct value; values that are not finite do not count
 */
public record Difference(double absolute, double ulps, double largest) {

  /** The difference without any numbers. */
  public static final Difference NONE = new Difference(0, 0, 0);

  private static final double SMALL = 0x1p-4;

  /** The difference between two lists of equal length. */
  public static Difference between(double[] expected, float[] actual) {
    if (expected.length != actual.length) {
      throw new IllegalArgumentException(
          "%s numbers instead of %s".formatted(actual.length, expected.length));
    }
    double largest = largest(expected);
    double absolute = 0;
    double ulps = 0;
    for (int index = 0; index < expected.length; index++) {
      double distance = distance(expected[index], actual[index]);
      if (distance > 0) {
        absolute = Math.max(absolute, distance);
        ulps = Math.max(ulps, distance / lastPlace(expected[index], largest));
      }
    }
    return new Difference(absolute, ulps, largest);
  }

  /** The largest magnitude of the finite elements. */
  static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      double magnitude = Math.abs(value);
      if (magnitude > largest && magnitude <= Float.MAX_VALUE) {
        largest = magnitude;
      }
    }
    return largest;
  }

  /** The absolute difference of two numbers; infinite if only one of both is finite. */
  static double distance(double expected, float actual) {
    // Beyond the largest float both are infinite; NaN counts as equal to NaN.
    boolean same =
        Double.isNaN(expected)
            ? Float.isNaN(actual)
            : (float) expected == actual && !isFinite(actual);
    if (same) {
      return 0;
    }
    double distance = Math.abs(expected - actual);
    return isFinite(distance) ? distance : Double.POSITIVE_INFINITY;
  }

  private static boolean isFinite(double value) {
    return Math.abs(value) <= Double.MAX_VALUE;
  }

  private static double lastPlace(double expected, double largest) {
    double magnitude = Math.max(Math.abs(expected), largest * SMALL);
    return Math.ulp((float) Math.min(magnitude, Float.MAX_VALUE));
  }

  /** The difference relative to the largest number. */
  public double relative() {
    return absolute == 0 ? 0 : absolute / largest;
  }
}
