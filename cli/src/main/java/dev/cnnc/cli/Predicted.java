package dev.cnnc.cli;

import dev.cnnc.compiler.calibrate.ThisHost;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.predict.Foreign;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.Prediction;
import dev.cnnc.compiler.predict.UnusableProfileException;
import dev.cnnc.compiler.predict.UsableProfile;
import java.nio.file.Path;
import java.util.List;

/** A run as it is predicted for the machine of a profile. */
record Predicted(MachineProfile profile, Prediction prediction) {

  /**
   * Reads the profile and predicts.
   *
   * @throws Failure if the file is no profile, or one of other kernels
   */
  static Predicted of(Plan plan, Path file) {
    MachineProfile profile = profile(file);
    return new Predicted(profile, Prediction.of(plan, profile));
  }

  /** A profile that holds for the kernels of this version. */
  static MachineProfile profile(Path file) {
    try {
      return UsableProfile.read(file);
    } catch (UnusableProfileException problem) {
      throw new Failure("%s; %s".formatted(problem.getMessage(), problem.cure()));
    }
  }

  /** A profile to compare with this machine; tells where it belongs to another. */
  static MachineProfile here(Path file, Terminal terminal) {
    MachineProfile profile = profile(file);
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
}
