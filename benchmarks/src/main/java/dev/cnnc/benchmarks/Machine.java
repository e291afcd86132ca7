package dev.cnnc.benchmarks;

import dev.cnnc.runtime.Simd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine on which figures were measured. */
final class Machine {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private Machine() {}

  static String description() {
    return "%s, %s processors (%s), Java %s, %s"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            processor(),
            Runtime.version(),
            Simd.lanes() == 1 ? "scalar" : Simd.lanes() * Float.SIZE + " bits");
  }

  /** The load average of the last minute. */
  static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(Locale.ROOT, "%.1f", load);
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      // Includes family and model, because the name alone says little in a virtual machine.
      return lines
          .takeWhile(line -> !line.isBlank())
          .filter(line -> line.matches("(model name|cpu family|model)\\s*:.*"))
          .map(line -> line.replaceAll("\\s*:\\s*", " ").replace("model name ", ""))
          .reduce((first, second) -> first + ", " + second)
          .orElse(System.getProperty("os.arch"));
    } catch (IOException _) {
      return System.getProperty("os.arch");
    }
  }
}
