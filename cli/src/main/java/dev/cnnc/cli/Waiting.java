package dev.cnnc.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for other processes, and ends them if the wait ends first. */
final class Waiting {
  /** Status of a process that this process ended. */
  static final int ENDED = -1;

  private static final Duration LONGEST = Duration.ofMinutes(20);

  private Waiting() {}

  /** The status of a process; {@link #ENDED} if it took too long or the wait was interrupted. */
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
