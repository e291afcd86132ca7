package dev.cnnc.compiler.measure;

/**
 * Percentiles of any number of times in constant memory, so that counting allocates nothing. Each
 * is exact or up to 1 % too high.
 */
public final class Percentiles {
  /** Bits of a time behind the leading one that are kept. */
  private static final int BITS = 7;

  private static final int PARTS = 1 << BITS;

  /** Of all times with the same kept bits. */
  private final long[] counts = new long[(Long.SIZE - BITS) * PARTS];

  private long count;
  private long longest;

  /** Adds a time, which is not negative. */
  public void add(long nanoseconds) {
    counts[bucket(nanoseconds)]++;
    count++;
    longest = Math.max(longest, nanoseconds);
  }

  public long count() {
    return count;
  }

  public long longest() {
    return longest;
  }

  /**
   * A time that such a share of all times does not exceed.
   *
   * @param share above 0, up to 1
   * @throws IllegalStateException if there is no time
   */
  public long at(double share) {
    long wanted = (long) Math.ceil(share * count);
    long below = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      below += counts[bucket];
      if (below >= wanted && below > 0) {
        return Math.min(longest, last(bucket));
      }
    }
    throw new IllegalStateException("nothing was timed");
  }

  /** Below {@code 2 * PARTS} each number has its own. */
  private static int bucket(long nanoseconds) {
    int dropped = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(nanoseconds));
    return dropped * PARTS + Math.toIntExact(nanoseconds >> dropped);
  }

  /** The largest number of a bucket. */
  private static long last(int bucket) {
    int dropped = Math.max(0, bucket / PARTS - 1);
    long kept = bucket - (long) dropped * PARTS;
    return ((kept + 1) << dropped) - 1;
  }
}
