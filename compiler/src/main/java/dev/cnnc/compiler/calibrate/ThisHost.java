package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.predict.MachineProfile.Host;
import dev.cnnc.compiler.predict.ThisCompiler;
import dev.cnnc.runtime.Simd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machine and the JVM that this runs on. */
public final class ThisHost {
  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /** More levels and kinds of caches than a CPU has. */
  private static final int MOST_CACHES = 8;

  private ThisHost() {}

  /** What a profile that is made now would hold for. */
  public static Host describe() {
    return new Host(
        LocalDate.now(ZoneOffset.UTC).toString(),
        ThisCompiler.version(),
        cpu(),
        caches(),
        "%s, %s".formatted(Runtime.version(), System.getProperty("java.vm.vendor", "unknown")),
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(ThisHost::compiles)
            .sorted()
            .toList(),
        Simd.lanes(),
        Runtime.getRuntime().availableProcessors());
  }

  /** Flags that change the code of the JIT, or the kernels. */
  private static boolean compiles(String flag) {
    return flag.startsWith("-XX:") || flag.equals("-Xint") || flag.startsWith("-Ddev.cnnc.simd=");
  }

  private static String cpu() {
    String name = System.getProperty("os.arch", "unknown");
    return line(CPUS, "model name").map(model -> "%s (%s)".formatted(model, name)).orElse(name);
  }

  private static Optional<String> line(Path file, String key) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static List<String> caches() {
    List<String> caches = new ArrayList<>();
    for (int index = 0; index < MOST_CACHES; index++) {
      Path cache = CACHES.resolve("index" + index);
      try {
        String kind = Files.readString(cache.resolve("type")).strip();
        if (!kind.equals("Instruction")) {
          caches.add(
              "L%s %s"
                  .formatted(
                      Files.readString(cache.resolve("level")).strip(),
                      Files.readString(cache.resolve("size")).strip()));
        }
      } catch (IOException _) {
        // Virtual machines often do not tell; the speed of reading shows the sizes anyway.
        break;
      }
    }
    return caches;
  }
}
