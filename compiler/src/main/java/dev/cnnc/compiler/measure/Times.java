package dev.cnnc.compiler.measure;

import java.util.Arrays;

/** The times of a repeated operation. */
public final class Times {

  private long[] nanoseconds = new long[1 << 12];
  private int count;

  /**
   * A summary in nanoseconds.
   *
   * @param slowest the 99th percentile
   */
  public record Summary(int runs, long least, long median, long slowest) {

    /** Billions of operations a second of the fastest run. */
    public double gigaflops(long operations) {
      return (double) operations / least;
    }
  }

  public void add(long time) {
    if (count == nanoseconds.length) {
      nanoseconds = Arrays.copyOf(nanoseconds, 2 * count);
    }
    nanoseconds[count++] = time;
  }

  public int count() {
    return count;
  }

  /** The summary of at least one time. */
  public Summary summary() {
    if (count == 0) {
      throw new IllegalStateException("nothing was timed");
    }
    long[] sorted = Arrays.copyOf(nanoseconds, count);
    Arrays.sort(sorted);
    return new Summary(
        count, sorted[0], sorted[count / 2], sorted[Math.ceilDiv(99 * count, 100) - 1]);
  }
}
