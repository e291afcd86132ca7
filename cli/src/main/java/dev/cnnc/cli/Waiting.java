package dev.cnnc.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting for other processes, which do not outlive the one that waits. */
final class Waiting {
  /** Of a process that was ended from here. */
  static final int ENDED = -1;

  private static final Duration LONGEST = Duration.ofMinutes(20);

  private Waiting() {}

  /** Its status; {@link #ENDED} if it took too long or nobody waits any more. */
  static int forEnd(Process process) {
    try {
      if (process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
    return ENDED;
  }
}
