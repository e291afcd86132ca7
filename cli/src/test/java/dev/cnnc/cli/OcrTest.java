package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page {@code docs/ocr/README.md} to the letter: its models come from Maven Central, its
 * commands import them, its clauses go into the networks, and its program reads its photograph.
 */
class OcrTest {
  private static final Path PAGE = RepositoryFiles.ROOT.resolve("docs/ocr/README.md");

  private static final Pattern ARTIFACT = Pattern.compile("-Dartifact=(\\S+)");
  private static final Pattern IMPORT = Pattern.compile("(?m)^cnnc (import .*)$");
  private static final Pattern CLAUSES =
      Pattern.compile("```\\n// (\\w+)[.]cnn\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SIZES = Pattern.compile("```\\n(input .*)\\n```");
  private static final Pattern PRINTED = Pattern.compile("```text\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void readsAPhotograph() throws IOException {
    String page = Cnnc.read(PAGE);
    unpack(CentralFile.fetched(first(ARTIFACT, page), folder));
    for (String command : all(IMPORT, page)) {
      Cnnc imported = Cnnc.run(inFolder(command));
      assertThat(imported.err()).isEmpty();
      assertThat(imported.status()).isZero();
    }
    Path generated = folder.resolve("generated");
    for (MatchResult clauses : CLAUSES.matcher(page).results().toList()) {
      Path network = folder.resolve(clauses.group(1) + ".cnn");
      String text = Cnnc.read(network);
      String sizes = clauses.group(1).equals("reader") ? first(SIZES, page) : "$0";
      Files.writeString(
          network,
          text.replaceFirst("(?m)^input .*", sizes)
              .replaceFirst("(?m)^weights .*\n", "$0" + clauses.group(2)));
      Cnnc compiled = Cnnc.run("compile", network, "-o", generated);
      assertThat(compiled.err()).isEmpty();
      assertThat(compiled.status()).isZero();
    }
    javac(generated);
    assertThat(printed(generated)).isEqualTo(first(PRINTED, page));
  }

  private static List<String> all(Pattern pattern, String page) {
    List<String> found = pattern.matcher(page).results().map(it -> it.group(1)).toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  private static String first(Pattern pattern, String page) {
    return all(pattern, page).getFirst();
  }

  /** The words of a command whose files are in the folder. */
  private Object[] inFolder(String command) {
    return Arrays.stream(command.split(" ", -1))
        .map(word -> word.matches(".*[.](onnx|cnn)") ? folder.resolve(word) : word)
        .toArray();
  }

  private void unpack(Path jar) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar);
        Stream<Path> models = Files.list(files.getPath("models"))) {
      for (Path model : models.toList()) {
        Files.copy(model, folder.resolve(model.getFileName().toString()));
      }
    }
  }

  private static void javac(Path generated) throws IOException {
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
                generated.toString(),
                PAGE.resolveSibling("Ocr.java").toString()));
    try (Stream<Path> files = Files.list(generated)) {
      files.map(Path::toString).filter(it -> it.endsWith(".java")).forEach(arguments::add);
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
  }

  /** With C1 alone, as a short program ends sooner so; results have the same bits. */
  private String printed(Path generated) throws IOException {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                generated + File.pathSeparator + System.getProperty("java.class.path"),
                "Ocr",
                PAGE.resolveSibling("photo.jpg").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(said.toFile())
            .start();
    assertThat(Waiting.forEnd(process)).isZero();
    return Cnnc.read(said);
  }
}
