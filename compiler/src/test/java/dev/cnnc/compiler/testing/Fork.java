package dev.cnnc.compiler.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What another JVM did. */
public record Fork(int status, String output, String errors) {
  /** Against a hang: slow machines are not in a hurry. */
  private static final long LIMIT_MINUTES = 10;

  /**
   * Runs the main method of a class of the tests.
   *
   * @param options of the JVM
   * @param folder first on the class path
   */
  public static Fork run(List<String> options, Path folder, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    return run(Path.of(System.getProperty("java.home")), options, folder, main, arguments);
  }

  /** The same with any Java, which is that of {@code home}. */
  static Fork run(
      Path home, List<String> options, Path folder, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.add("-Xmx256m");
    // A small heap needs no threads of a collector.
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.add("--class-path");
    command.add(folder + File.pathSeparator + System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, "fork", ".out");
    Path errors = Files.createTempFile(folder, "fork", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException("still running: " + command);
      }
    } finally {
      process.destroyForcibly();
    }
    return new Fork(process.exitValue(), Files.readString(output), Files.readString(errors));
  }
}
