package dev.cnnc.compiler.verify;

/**
 * How far numbers lie at worst from what they should be.
 *
 * <p>Near zero the last place of a float means nothing, since larger numbers were added up to it.
 * So elements below a sixteenth of the largest are measured in the last place of that sixteenth.
 *
 * @param absolute infinite where only one of both is a number
 * @param ulps in units of the last place of what it should be
 * @param largest that it should be; what is not finite does not count
 */
public record Difference(double absolute, double ulps, double largest) {

  /** Of nothing. */
  public static final Difference NONE = new Difference(0, 0, 0);

  private static final double SMALL = 0x1p-4;

  /** Between two lists of one length. */
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

  /** Of all elements that are finite, the magnitude. */
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

  private static double distance(double expected, float actual) {
    // Beyond the largest float both are infinite, and no number is as good as another.
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

  /** In parts of the largest number. */
  public double relative() {
    return absolute == 0 ? 0 : absolute / largest;
  }
}
