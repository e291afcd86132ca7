package dev.cnnc.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Repeats a run until it gets no faster. The machine's compiler works beside the runs, and between
 * two of its levels nothing improves for a while: so it takes both a time and a number of runs
 * without a new best, and a last run close to it.
 */
record WarmUp(LongSupplier nanoseconds, Runnable run) {
  private static final long QUIET = Duration.ofMillis(600).toNanos();
  private static final int QUIET_RUNS = 8;

  /** A best that is less better than this is noise. */
  private static final double BETTER = 0.97;

  /** A run slower than this beside the best did not run what the best ran. */
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
