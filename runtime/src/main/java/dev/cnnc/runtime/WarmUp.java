package dev.cnnc.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Repeats a run until it gets no faster. The JIT compiles in the background, and between two of its
 * levels nothing improves for a while. So the end needs a time and a number of runs without a new
 * best, and a last run close to the best.
 */
record WarmUp(LongSupplier nanoseconds, Runnable run) {
  private static final long QUIET = Duration.ofMillis(600).toNanos();
  private static final int QUIET_RUNS = 8;

  /** A new best that improves by less than this factor is noise. */
  private static final double BETTER = 0.97;

  /** A run slower than the best by more than this factor did not run the same compiled code. */
  private static final double CLOSE = 1.25;

  Warmth until(Duration limit) {
    long start = nanoseconds.getAsLong();
    long now = start;
    long first = 0;
    long best = Long.MAX_VALUE;
    long levelTime = Long.MAX_VALUE;
    long levelSince = start;
    int levelRuns = 0;
    int runs = 0;
    boolean steady = false;
    do {
      run.run();
      long end = nanoseconds.getAsLong();
      long time = end - now;
      now = end;
      runs++;
      first = runs == 1 ? time : first;
      best = Math.min(best, time);
      levelRuns++;
      if (time < levelTime * BETTER) {
        levelTime = time;
        levelSince = now;
        levelRuns = 0;
      }
      steady = levelRuns >= QUIET_RUNS && now - levelSince >= QUIET && time <= best * CLOSE;
    } while (!steady && now - start < limit.toNanos());
    return new Warmth(steady, runs, Duration.ofNanos(first), Duration.ofNanos(best));
  }
}
