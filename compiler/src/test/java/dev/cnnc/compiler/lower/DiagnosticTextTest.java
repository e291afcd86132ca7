package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The exact words about every fault. A golden file is a text, a line of equals signs, and what is
 * said about the text; {@code -Dgolden=rewrite} writes the second half anew, and fails.
 */
class DiagnosticTextTest {

  private static final Path FOLDER =
      Path.of("src/test/resources/dev/cnnc/compiler/lower/diagnostics");

  private static final String LINE = "\n=====\n";

  static List<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".golden"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysExactlyThis(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    String golden = Files.readString(file);
    int middle = golden.indexOf(LINE);
    String text = golden.substring(0, middle + 1);

    Lowered lowered =
        Lowering.lower(
            Parser.parse(new Source("net.cnn", text)),
            new Project(FOLDER, false),
            TextSources.of(Map.of("net.cnn", text)));
    String report = DiagnosticPrinter.print(lowered.diagnostics());

    if (System.getProperty("golden", "").equals("rewrite")) {
      Files.writeString(file, golden.substring(0, middle) + LINE + report);
      fail("written anew: " + file);
    }
    assertThat(report).isEqualTo(golden.substring(middle + LINE.length()));
    assertThat(lowered.network().isPresent()).isEqualTo(!report.contains(": error[E"));
  }

  /** But for the one that ends a hundred others. */
  @Test
  void everyCodeHasItsText() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : cases()) {
      all.append(Files.readString(FOLDER.resolve(name)));
    }
    assertThat(
            Arrays.stream(Code.values())
                .map(Code::name)
                .filter(code -> all.indexOf("[" + code + "]: ") < 0)
                .collect(Collectors.toSet()))
        .containsExactly("E200");
  }
}
