package dev.cnnc.cli;

import dev.cnnc.compiler.calibrate.Calibration;
import dev.cnnc.compiler.calibrate.DeviceJar;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.ProfileFile;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnnc calibrate}: measures this machine, so that times can be predicted. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Measures this machine in about three minutes, to predict the time of networks.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc calibrate -o edge.profile.json",
      "  cnnc cost net.cnn --on edge.profile.json",
      "  cnnc calibrate --threads 2 -o edge.profile.json",
      "  cnnc calibrate --jar calibrate.jar",
      "",
      "The profile has factors for each kind of kernel, found in the steps of networks",
      "that cnnc brings along, and the speed of the caches. It holds for this CPU, this",
      "Java with these flags, this width of vectors, and this version of cnnc. Let",
      "nothing else run meanwhile: the caches are shared. With --threads each network is",
      "measured with one thread and with so many, and the profile predicts both. The jar",
      "needs no compiler: any Java 25 with the module jdk.incubator.vector runs it.",
      "docs/cost.md tells how good predictions are."
    })
final class CalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "machine.profile.json",
      description = "Where to write the profile (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--jar",
      paramLabel = "FILE.jar",
      description = "Write a jar that does this on a device without cnnc; measure nothing here.")
  private Optional<Path> jar = Optional.empty();

  @Option(
      names = "--trial",
      description = "Only a few runs, to see whether it works; its times mean nothing.")
  private boolean trial;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    threads.check(spec);
    String said = jar.isPresent() ? jar(jar.get(), terminal) : profile(terminal);
    terminal.out().println(said);
    terminal.out().flush();
    return 0;
  }

  private String profile(Terminal terminal) {
    MachineProfile profile;
    try (Progress progress = new Progress(terminal)) {
      profile =
          trial
              ? Calibration.trial(threads.count(), progress::stage)
              : Calibration.full(threads.count(), progress::stage);
    }
    Path written =
        new OutputFile(output, List.of())
            .write(file -> Files.writeString(file, ProfileFile.text(profile)));
    return "%s: %s kinds of steps, mean error of a step %s %%"
        .formatted(
            written,
            profile.kinds().size() - 1,
            String.format(Locale.ROOT, "%.1f", 100 * profile.error()));
  }

  private static String jar(Path jar, Terminal terminal) {
    try (Progress progress = new Progress(terminal)) {
      Path written =
          new OutputFile(jar, List.of())
              .write(
                  file -> {
                    try (OutputStream out = Files.newOutputStream(file)) {
                      DeviceJar.write(out, progress::stage);
                    }
                  });
      return "%s: start it on the device with java --add-modules jdk.incubator.vector -jar %s"
          .formatted(written, jar.getFileName());
    }
  }
}
