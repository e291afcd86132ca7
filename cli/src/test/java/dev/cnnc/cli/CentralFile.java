package dev.cnnc.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
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
    Path said = folder.resolve("maven");
    Process process;
    try {
      process =
          new ProcessBuilder(
                  File.separatorChar == '\\' ? "mvn.cmd" : "mvn",
                  "-B",
                  "-q",
                  "org.apache.maven.plugins:maven-dependency-plugin:%s:get"
                      .formatted(setup.plugin()),
                  "-Dtransitive=false",
                  "-Dartifact=" + artifact)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException _) {
      return abort("skipped: there is no mvn to fetch " + artifact + " with");
    }
    int status = Waiting.forEnd(process);
    if (status != 0 || !Files.isReadable(installed)) {
      abort("skipped: Maven cannot fetch " + artifact + ": " + Files.readString(said).strip());
    }
    return installed;
  }
}
