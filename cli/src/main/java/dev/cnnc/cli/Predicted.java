package dev.cnnc.cli;

import dev.cnnc.cli.report.StepTimes;
import dev.cnnc.compiler.calibrate.ThisHost;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.predict.Foreign;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.Prediction;
import dev.cnnc.compiler.predict.ReadSpeed;
import dev.cnnc.compiler.predict.UnusableProfileException;
import dev.cnnc.compiler.predict.UsableProfile;
import java.nio.file.Path;
import java.util.List;

/** A run as it is predicted for the machine of a profile. */
record Predicted(MachineProfile profile, int threads, Prediction prediction) {

  /**
   * Reads the profile and predicts.
   *
   * @throws Failure if the file is no profile, one of other kernels, or without so many threads
   */
  static Predicted of(Plan plan, Path file, int threads) {
    MachineProfile profile = profile(file, threads);
    return new Predicted(profile, threads, Prediction.of(plan, profile, threads));
  }

  /** A profile that holds for the kernels of this version. */
  private static MachineProfile profile(Path file, int threads) {
    MachineProfile profile;
    try {
      profile = UsableProfile.read(file);
    } catch (UnusableProfileException problem) {
      throw new Failure("%s; %s".formatted(problem.getMessage(), problem.cure()));
    }
    if (!profile.covers(threads)) {
      throw new Failure(
          "%s knows nothing of %s threads; run cnnc calibrate --threads %s on that machine"
              .formatted(file, threads, threads));
    }
    return profile;
  }

  /** A profile to compare with this machine; tells where it belongs to another. */
  static MachineProfile here(Path file, int threads, Terminal terminal) {
    MachineProfile profile = profile(file, threads);
    warn(profile, file, terminal);
    return profile;
  }

  /** Tells where the profile is not that of the machine that this runs on. */
  void warn(Path file, Terminal terminal) {
    warn(profile, file, terminal);
  }

  private static void warn(MachineProfile profile, Path file, Terminal terminal) {
    List<String> differences = Foreign.machine(profile.host(), ThisHost.describe());
    if (!differences.isEmpty()) {
      terminal
          .err()
          .println(
              "cnnc: %s belongs to another machine (%s); the times are predicted for that one"
                  .formatted(file, String.join("; ", differences)));
      terminal.err().flush();
    }
  }

  /** The same for a report. */
  StepTimes times() {
    MachineProfile.Host host = profile.host();
    List<ReadSpeed.Point> reads = profile.readSpeed().points();
    return new StepTimes(
        "predicted",
        "%s, %s, %s lanes, calibrated %s"
            .formatted(
                host.cpu(),
                threads == 1 ? "1 thread" : threads + " threads",
                host.lanes(),
                host.date()),
        prediction.nanoseconds(),
        prediction.steps().stream().map(Prediction.Part::nanoseconds).toList(),
        new StepTimes.Bounds(
            threads * profile.peak(),
            threads / reads.getFirst().nanoseconds(),
            threads / reads.getLast().nanoseconds()));
  }
}
