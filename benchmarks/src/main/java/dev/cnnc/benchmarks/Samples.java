package dev.cnnc.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Times of one thing done again and again.
 *
 * <p>Their median is what is reported, of the time that the thread really ran: on a shared machine
 * the clock on the wall counts waiting for other programs too.
 */
final class Samples {
  private static final int MOST = 1 << 20;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long[] nanoseconds = new long[MOST];
  private int count;

  /** Nanoseconds that the calling thread has run. */
  static long clock() {
    return THREADS.getCurrentThreadCpuTime();
  }

  void clear() {
    count = 0;
  }

  void add(long time) {
    if (count < MOST) {
      nanoseconds[count++] = time;
    }
  }

  long median() {
    return count == 0 ? 0 : sorted()[count / 2];
  }

  long least() {
    return count == 0 ? 0 : sorted()[0];
  }

  private long[] sorted() {
    Arrays.sort(nanoseconds, 0, count);
    return nanoseconds;
  }
}
