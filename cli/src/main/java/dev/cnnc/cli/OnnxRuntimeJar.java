package dev.cnnc.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * Finds the library, which is not part of an installation: in the local Maven repository, otherwise
 * by asking Maven, which downloads it once.
 *
 * @param repository local Maven repository of this machine, at its usual place
 * @param maven the command
 * @param version of the library
 * @param plugin the version of the Maven plugin that downloads it
 */
record OnnxRuntimeJar(Path repository, String maven, String version, String plugin) {

  /** For the setup of this machine, with the versions that the build recorded. */
  static OnnxRuntimeJar here() {
    boolean windows = File.separatorChar == '\\';
    Properties versions = new Properties();
    try (InputStream in = OnnxRuntimeJar.class.getResourceAsStream("onnxruntime.properties")) {
      versions.load(Objects.requireNonNull(in));
    } catch (IOException problem) {
      throw new IllegalStateException(problem);
    }
    return new OnnxRuntimeJar(
        Path.of(System.getProperty("user.home"), ".m2", "repository"),
        windows ? "mvn.cmd" : "mvn",
        versions.getProperty("onnxruntime", ""),
        versions.getProperty("maven-dependency-plugin", ""));
  }

  /** Its place on this machine, if it is installed. */
  Optional<Path> installed() {
    Path jar =
        repository.resolve(
            "com/microsoft/onnxruntime/onnxruntime/%s/onnxruntime-%s.jar"
                .formatted(version, version));
    return Optional.of(jar).filter(Files::isReadable);
  }

  /**
   * Asks Maven, which may have another repository.
   *
   * @param folder for a copy
   * @throws IOException if Maven fails; the message says why
   */
  Path fetched(Path folder) throws IOException {
    Maven.Answer answer =
        new Maven(maven, plugin)
            .run(
                "copy",
                folder,
                "-Dartifact=com.microsoft.onnxruntime:onnxruntime:" + version,
                "-DoutputDirectory=" + folder);
    Path jar = folder.resolve("onnxruntime-%s.jar".formatted(version));
    if (answer.status() != 0 || !Files.isReadable(jar)) {
      throw new IOException(
          answer.said().stream()
              .filter(line -> line.startsWith("[ERROR]") && !line.strip().endsWith("]"))
              .findFirst()
              .orElse("Maven ended with status " + answer.status()));
    }
    return jar;
  }
}
