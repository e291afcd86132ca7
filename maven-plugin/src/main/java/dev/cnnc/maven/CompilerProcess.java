package dev.cnnc.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * One run of the compiler for any number of files, in its own JVM. Only a complete run has results.
 *
 * @param java the program
 * @param classPath the compiler and its libraries
 * @param workFolder for the argument file, the request and the error output, kept for inspection
 * @param settings of the goal, for all files
 */
record CompilerProcess(JavaCommand java, List<Path> classPath, Path workFolder, Settings settings)
    implements NetworkCompiler {

  @Override
  public List<CompilerEvent> compile(List<NetworkFile> files, OutputFolders folders)
      throws IOException, MojoExecutionException {
    Files.createDirectories(workFolder);
    Path request = workFolder.resolve("request");
    Files.write(request, requestLines(files, folders));
    // Uses an argument file, because a class path of many jars is too long for Windows.
    Path arguments = workFolder.resolve("arguments");
    Files.write(arguments, argumentLines(request), argumentCharset());
    Path errors = workFolder.resolve("errors.log");
    Process process =
        new ProcessBuilder(java.executable().toString(), "@" + arguments)
            .redirectError(errors.toFile())
            .start();
    process.getOutputStream().close();
    List<CompilerEvent> events = new ArrayList<>();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      output.lines().forEach(line -> CompilerEvent.parse(line).ifPresent(events::add));
      int status = process.waitFor();
      boolean complete =
          !events.isEmpty() && events.remove(events.size() - 1) instanceof CompilerEvent.End;
      if (status != 0 || !complete) {
        throw new MojoExecutionException(
            "the compiler ended with status " + status + " before it was done:\n" + text(errors));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("stopped while compiling", stopped);
    } finally {
      process.destroy();
    }
    return events;
  }

  private List<String> requestLines(List<NetworkFile> files, OutputFolders folders) {
    List<String> lines = new ArrayList<>();
    lines.add(ProtocolLine.join("java", folders.javaFolder()));
    lines.add(ProtocolLine.join("resources", folders.resourceFolder()));
    lines.addAll(settings.requestLines());
    for (NetworkFile file : files) {
      lines.add(ProtocolLine.join("compile", file.file(), file.packageName()));
    }
    return lines;
  }

  private List<String> argumentLines(Path request) {
    String path =
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    return List.of(
        // The run is short, so C2 and other collectors never pay.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--add-modules=jdk.incubator.vector",
        "-cp",
        quoted(path),
        "dev.cnnc.compiler.build.BuildMain",
        quoted(request.toString()));
  }

  /** In an argument file a backslash escapes, inside quotes too. */
  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The java launcher reads argument files in the system's own encoding. */
  private static Charset argumentCharset() {
    return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
  }

  private static String text(Path errors) throws IOException {
    return Files.readAllLines(errors, argumentCharset()).stream()
        .filter(line -> !line.contains("Using incubator modules"))
        .collect(Collectors.joining("\n"));
  }
}
