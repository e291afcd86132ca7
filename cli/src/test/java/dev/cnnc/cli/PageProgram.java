package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A page of the documents whose commands import networks, whose clauses go into them, and whose
 * program uses them.
 *
 * @param folder where models lie, and everything is made
 */
record PageProgram(Path page, Path folder) {
  private static final Pattern IMPORT = Pattern.compile("(?m)^cnnc (import .*)$");
  private static final Pattern CLAUSES =
      Pattern.compile("```\\n// (\\w+)[.]cnn\\n(.*?)```", Pattern.DOTALL);

  /** The only thing that a compilation may say besides its result. */
  private static final Pattern AGAIN = Pattern.compile("(cnnc: \\w+: packed again: .*\n)*");

  private static final Pattern PRINTED = Pattern.compile("```text\\n(.*?)```", Pattern.DOTALL);

  /** All that a pattern finds on the page. */
  List<String> all(Pattern pattern) throws IOException {
    List<String> found = pattern.matcher(Cnnc.read(page)).results().map(it -> it.group(1)).toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  /** What the page says that its program prints. */
  String output() throws IOException {
    return all(PRINTED).getFirst();
  }

  /**
   * Imports the networks, puts their clauses into them and compiles them.
   *
   * @param inputs the line of the input that replaces that of a network
   */
  void compile(Map<String, String> inputs) throws IOException {
    for (String command : all(IMPORT)) {
      Cnnc imported = Cnnc.run(inFolder(command));
      assertThat(imported.err()).isEmpty();
      assertThat(imported.status()).isZero();
    }
    for (MatchResult clauses : CLAUSES.matcher(Cnnc.read(page)).results().toList()) {
      Path network = folder.resolve(clauses.group(1) + ".cnn");
      String input = inputs.getOrDefault(clauses.group(1), "$0");
      Files.writeString(
          network,
          Cnnc.read(network)
              .replaceFirst("(?m)^input .*", input)
              .replaceFirst("(?m)^weights .*\n", "$0" + clauses.group(2)));
      Cnnc compiled = Cnnc.run("compile", network, "-o", generated());
      assertThat(compiled.err()).matches(AGAIN);
      assertThat(compiled.status()).isZero();
    }
  }

  private Path generated() {
    return folder.resolve("generated");
  }

  /** The words of a command whose files are in the folder. */
  private Object[] inFolder(String command) {
    return Arrays.stream(command.split(" ", -1))
        .map(word -> word.matches(".*[.](onnx|cnn)") ? folder.resolve(word) : word)
        .toArray();
  }

  /**
   * Compiles the program of this name beside the page, runs it on pictures, and gives its output.
   */
  String run(String program, String... pictures) throws IOException {
    javac(program);
    return printed(program, pictures);
  }

  private void javac(String program) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-nowarn",
                "-proc:none",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                generated().toString(),
                page.resolveSibling(program + ".java").toString()));
    try (Stream<Path> files = Files.list(generated())) {
      files.map(Path::toString).filter(it -> it.endsWith(".java")).forEach(arguments::add);
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
  }

  /** With C1 alone, as a short program ends sooner so; results have the same bits. */
  private String printed(String program, String... pictures) throws IOException {
    Path said = folder.resolve("said");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                generated() + File.pathSeparator + System.getProperty("java.class.path"),
                program));
    for (String picture : pictures) {
      command.add(page.resolveSibling(picture).toString());
    }
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(said.toFile())
            .start();
    assertThat(Waiting.forEnd(process)).isZero();
    return Cnnc.read(said);
  }
}
