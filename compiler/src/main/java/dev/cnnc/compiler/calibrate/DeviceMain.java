package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.ProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Calibrates the device on which the jar of {@link DeviceJar} runs. */
public final class DeviceMain {
  private static final String VECTORS = "jdk.incubator.vector";

  private static final String USAGE =
      """
      java --add-modules jdk.incubator.vector -jar calibrate.jar [-o FILE] [--threads N] [--trial]

      Measures this machine in about three minutes and writes machine.profile.json, or FILE.
      Let nothing else run meanwhile. Copy the profile to where cnnc runs, for cnnc cost --on.
        --threads N  measure with N threads too
        --trial      only a few runs, to see whether it works; its times mean nothing
      """;

  private static final int MOST_THREADS = 1024;

  private Path output = Path.of("machine.profile.json");
  private int threads = 1;
  private boolean trial;

  private DeviceMain() {}

  /** Exits with 2 if an argument makes no sense. */
  public static void main(String[] arguments) throws IOException {
    DeviceMain main = new DeviceMain();
    if (!main.read(new ArrayDeque<>(List.of(arguments)))) {
      System.err.print(USAGE);
      System.exit(2);
    }
    if (ModuleLayer.boot().findModule(VECTORS).isEmpty()) {
      System.err.println("calibrate: start Java with --add-modules " + VECTORS);
      System.exit(2);
    }
    main.run();
  }

  /** Reads the options; false if they make no sense. */
  private boolean read(Deque<String> arguments) {
    while (!arguments.isEmpty()) {
      String option = arguments.remove();
      if (option.equals("--trial")) {
        trial = true;
      } else if (arguments.isEmpty()) {
        return false;
      } else if (option.equals("-o")) {
        output = Path.of(arguments.remove());
      } else if (option.equals("--threads")) {
        threads = number(arguments.remove());
      } else {
        return false;
      }
    }
    return threads >= 1 && threads <= MOST_THREADS;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private void run() throws IOException {
    Extent extent = trial ? Extent.trial(threads) : Extent.full(threads);
    MachineProfile profile =
        Calibration.run(extent, new StoredClasses(), stage -> System.err.println(stage));
    Files.writeString(output, ProfileFile.text(profile));
    System.out.println(
        String.format(
            Locale.ROOT,
            "%s: %s kinds of steps, mean error of a step %.1f %%",
            output,
            profile.kinds().size() - 1,
            100 * profile.error()));
  }
}
