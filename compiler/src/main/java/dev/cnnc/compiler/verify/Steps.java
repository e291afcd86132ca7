package dev.cnnc.compiler.verify;

/**
 * How many numbers of a quantised value are beyond what roundings explain. The sum before a
 * quantisation has another rounding in each engine, so a number that lies between two steps may
 * become either.
 *
 * @param size of a step; 0 for a value without quantisation before it
 * @param others numbers that are off by more than roundings
 * @param beyond those that are off by more than a step too
 * @param all numbers
 */
public record Steps(double size, long others, long beyond, long all) {

  /** Of a value that is not quantised. */
  public static final Steps NONE = new Steps(0, 0, 0, 0);

  /** Of a thousand numbers one may be further off than a step. */
  private static final long THOUSAND = 1000;

  /** A step, and the rounding of what it stands for. */
  private static final double SLACK = 1 + 1e-5;

  static Steps of(double[] expected, float[] actual, double size, double limit) {
    long others = 0;
    long beyond = 0;
    for (int index = 0; size > 0 && index < actual.length; index++) {
      double off = Difference.distance(expected[index], actual[index]);
      others += off > limit ? 1 : 0;
      beyond += off > limit + size * SLACK ? 1 : 0;
    }
    return new Steps(size, others, beyond, actual.length);
  }

  /** Whether all is within a step, but for one number of a thousand. */
  public boolean suffice() {
    return size > 0 && beyond * THOUSAND <= all;
  }
}
