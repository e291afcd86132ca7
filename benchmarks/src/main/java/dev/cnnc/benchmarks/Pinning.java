package dev.cnnc.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Pins the calling thread to one processor; threads that it has started are not pinned. */
final class Pinning {
  private static final Path THREAD = Path.of("/proc/thread-self");

  private Pinning() {}

  /** Pins the thread; false without Linux or its taskset. */
  static boolean pin(int processor) {
    try {
      if (!Files.exists(THREAD)) {
        return false;
      }
      String thread = Files.readSymbolicLink(THREAD).getFileName().toString();
      Process process =
          new ProcessBuilder("taskset", "-cp", String.valueOf(processor), thread)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
