package dev.cnnc.cli;

import dev.cnnc.compiler.calibrate.Calibration;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.ProfileFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnnc calibrate}: measures this machine, so that times can be predicted. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Measures this machine in about two minutes, to predict the time of networks.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc calibrate -o edge.profile.json",
      "  cnnc cost net.cnn --on edge.profile.json",
      "",
      "The profile has factors for each kind of kernel, found in the steps of networks",
      "that cnnc brings along, and the speed of the caches. It holds for this CPU, this",
      "Java with these flags, this width of vectors, and this version of cnnc. Let",
      "nothing else run meanwhile: the caches are shared. docs/cost.md tells how good",
      "predictions are."
    })
final class CalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "machine.profile.json",
      description = "Where to write the profile (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    MachineProfile profile;
    try (Progress progress = new Progress(terminal)) {
      profile = Calibration.run(progress::stage);
    }
    Path written =
        new OutputFile(output, List.of())
            .write(file -> Files.writeString(file, ProfileFile.text(profile)));
    terminal
        .out()
        .println(
            "%s: %s kinds of steps, mean error of a step %s %%"
                .formatted(
                    written,
                    profile.kinds().size() - 1,
                    String.format(Locale.ROOT, "%.1f", 100 * profile.error())));
    terminal.out().flush();
    return 0;
  }
}
