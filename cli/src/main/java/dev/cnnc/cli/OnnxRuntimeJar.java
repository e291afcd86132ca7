package dev.cnnc.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * Finds the library that an installation does not have: in the local Maven repository, else by
 * asking Maven, which fetches it once.
 *
 * @param repository of Maven on this machine, where it usually lies
 * @param maven the command
 * @param version of the library
 * @param plugin the version of Maven's plugin that fetches it
 */
record OnnxRuntimeJar(Path repository, String maven, String version, String plugin) {

  /** As this machine is set up, and in the versions that the build wrote down. */
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

  /** Where it lies on this machine. */
  Optional<Path> installed() {
    Path jar =
        repository.resolve(
            "com/microsoft/onnxruntime/onnxruntime/%s/onnxruntime-%s.jar"
                .formatted(version, version));
    return Optional.of(jar).filter(Files::isReadable);
  }

  /**
   * Asks Maven, which may know of another repository.
   *
   * @param folder for a copy
   * @throws IOException if Maven cannot; the message tells why
   */
  Path fetched(Path folder) throws IOException {
    Path said = folder.resolve("maven");
    List<String> command =
        List.of(
            maven,
            "-B",
            "-q",
            "org.apache.maven.plugins:maven-dependency-plugin:" + plugin + ":copy",
            "-Dartifact=com.microsoft.onnxruntime:onnxruntime:" + version,
            "-DoutputDirectory=" + folder);
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException _) {
      throw new IOException("there is no command " + maven + " to fetch it with");
    }
    int status = Waiting.forEnd(process);
    Path jar = folder.resolve("onnxruntime-%s.jar".formatted(version));
    if (status != 0 || !Files.isReadable(jar)) {
      throw new IOException(
          Files.readAllLines(said).stream()
              .filter(line -> line.startsWith("[ERROR]"))
              .findFirst()
              .orElse("Maven ended with status " + status));
    }
    return jar;
  }
}
