package dev.cnnc.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of Maven Central, which Maven downloads once; tests that need it are skipped without. */
final class CentralFile {
  private CentralFile() {}

  /**
   * The jar of an artifact: of the local repository, or else Maven fetches it.
   *
   * @param artifact group, name and version, with colons between
   * @param folder for a copy
   */
  static Path fetched(String artifact, Path folder) throws IOException {
    String[] parts = artifact.split(":", -1);
    String jar = "%s-%s.jar".formatted(parts[1], parts[2]);
    OnnxRuntimeJar setup = OnnxRuntimeJar.here();
    Path installed =
        setup
            .repository()
            .resolve(parts[0].replace('.', '/'))
            .resolve(parts[1])
            .resolve(parts[2])
            .resolve(jar);
    if (Files.isReadable(installed)) {
      return installed;
    }
    Maven.Answer answer;
    try {
      answer =
          new Maven(setup.maven(), setup.plugin())
              .run("get", folder, "-Dtransitive=false", "-Dartifact=" + artifact);
    } catch (IOException missing) {
      return abort("skipped: no " + artifact + ": " + missing.getMessage());
    }
    if (answer.status() != 0 || !Files.isReadable(installed)) {
      abort("skipped: Maven cannot fetch %s: %s".formatted(artifact, answer.said()));
    }
    return installed;
  }
}
