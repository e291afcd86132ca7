package dev.cnnc.compiler.measure;

import java.util.Arrays;

/** Times of one thing done again and again. */
public final class Times {

  private long[] nanoseconds = new long[1 << 12];
  private int count;

  /**
   * What they come to, in nanoseconds.
   *
   * @param slowest that 99 of 100 were not slower than
   */
  public record Summary(int runs, long least, long median, long slowest) {

    /** Billions of operations a second that the fastest run did. */
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

  /** Of at least one time. */
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
