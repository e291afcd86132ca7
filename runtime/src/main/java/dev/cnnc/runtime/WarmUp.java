package dev.cnnc.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Repeats a run until it is steady: it allocates nothing, the JIT is idle, and it gets no faster.
 *
 * <p>A vector is an object until C2 has compiled its method, so a run without allocation has all
 * its vector kernels compiled. Between two levels of the JIT nothing improves for a while, so the
 * end needs a time and a number of such runs, and a last run close to the best or more time.
 */
record WarmUp(Gauges gauges, Runnable run) {
  private static final long QUIET = Duration.ofMillis(600).toNanos();
  private static final int QUIET_RUNS = 8;

  /** A new best that improves by less than this factor is noise. */
  private static final double BETTER = 0.97;

  /** A run slower than the best by more than this factor may not have run the same code. */
  private static final double CLOSE = 1.25;

  /** Quiet times after which a slow run is the fault of the machine. */
  private static final int NOISY = 5;

  /** Shorter compilations are not those of kernels, in milliseconds. */
  private static final long COMPILATION = 5;

  Warmth until(Duration limit) {
    long start = gauges.nanoseconds().getAsLong();
    long patience = TimeUnit.NANOSECONDS.convert(limit); // the longest for one that is longer
    long now = start;
    long compiled = gauges.compiledMilliseconds().getAsLong();
    long first = 0;
    long best = Long.MAX_VALUE;
    long levelTime = Long.MAX_VALUE;
    long levelSince = start;
    int levelRuns = 0;
    int runs = 0;
    boolean steady = false;
    do {
      long bytes = gauges.allocatedBytes().getAsLong();
      run.run();
      boolean allocated = gauges.allocatedBytes().getAsLong() != bytes;
      long end = gauges.nanoseconds().getAsLong();
      long time = end - now;
      now = end;
      runs++;
      first = runs == 1 ? time : first;
      best = Math.min(best, time);
      levelRuns++;
      long compiledNow = gauges.compiledMilliseconds().getAsLong();
      boolean compiles = compiledNow - compiled >= COMPILATION;
      boolean faster = time < levelTime * BETTER;
      if (faster || compiles || allocated) {
        levelTime = faster ? time : levelTime;
        compiled = compiledNow;
        levelSince = now;
        levelRuns = 0;
      }
      long quiet = time <= best * CLOSE ? QUIET : NOISY * QUIET;
      steady = levelRuns >= QUIET_RUNS && now - levelSince >= quiet;
    } while (!steady && now - start < patience);
    return new Warmth(steady, runs, Duration.ofNanos(first), Duration.ofNanos(best));
  }
}
