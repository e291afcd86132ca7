package dev.cnnc.compiler.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads profiles that hold for the kernels of this compiler. */
public final class UsableProfile {
  private UsableProfile() {}

  /**
   * Reads one.
   *
   * @throws UnusableProfileException if there is none, or one of other kernels
   */
  public static MachineProfile read(Path file) throws UnusableProfileException {
    MachineProfile profile;
    try {
      profile = ProfileFile.read(file);
    } catch (ProfileFile.NoProfileException wrong) {
      throw new UnusableProfileException(
          String.valueOf(wrong.getMessage()), "make one with cnnc calibrate on that machine");
    } catch (IOException problem) {
      throw new UnusableProfileException(
          "cannot read %s: %s".formatted(file, reason(file, problem)),
          Files.isDirectory(file)
              ? "name a file that cnnc calibrate made"
              : "make it with cnnc calibrate -o %s on the machine that it stands for"
                  .formatted(file.getFileName()));
    }
    Optional<String> foreign = Foreign.compiler(profile.host(), ThisCompiler.version());
    if (foreign.isPresent()) {
      throw new UnusableProfileException(
          "%s: %s".formatted(file, foreign.get()), "run cnnc calibrate again on that machine");
    }
    return profile;
  }

  private static String reason(Path file, IOException problem) {
    return Files.exists(file) ? String.valueOf(problem.getMessage()) : "it does not exist";
  }
}
