package dev.cnnc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exact text of every error about characters and syntax. */
class SyntaxErrorTest {

  private static final String FILE = "errors/syntax.txt";
  private static final int MANY = 100_000;

  record Sample(String title, String text, String expected) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(Golden.read(FILE).split("(?m)^=== "))
        .filter(section -> !section.isBlank())
        .map(
            section -> {
              String[] parts = section.split("(?m)^---\n", 2);
              String[] head = parts[0].split("\n", 2);
              return new Sample(head[0], head[1].stripTrailing(), parts[1].strip());
            });
  }

  @ParameterizedTest
  @MethodSource("samples")
  void says_what_is_wrong_where_and_what_to_do(Sample sample) {
    assertThat(found(sample)).isEqualTo(sample.expected());
  }

  @Test
  void every_number_is_tested() throws IOException {
    Path source = Path.of("src/main/java/dev/cnnc/dsl/SyntaxError.java");
    assertThat(numbers(Golden.read(FILE))).isEqualTo(numbers(Files.readString(source)));
  }

  @Test
  void rewrites_the_expected_texts_when_asked() {
    if (Golden.isRewritten()) {
      List<String> sections = new ArrayList<>();
      samples()
          .forEach(
              sample -> {
                String text = sample.text().isEmpty() ? "" : sample.text() + "\n";
                sections.add(
                    "=== " + sample.title() + "\n" + text + "---\n" + found(sample) + "\n");
              });
      Golden.rewrite(FILE, String.join("\n", sections));
    }
  }

  private static String found(Sample sample) {
    Parsed parsed = Parser.parse(new Source("net.cnn", text(sample.text())));
    List<Diagnostic> all = parsed.diagnostics();
    boolean many = all.size() > 10;
    return DiagnosticPrinter.print(many ? List.of(all.getLast()) : all).strip();
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new TreeSet<>();
    Matcher matcher = Pattern.compile("E1\\d\\d").matcher(text);
    while (matcher.find()) {
      numbers.add(matcher.group());
    }
    return numbers;
  }

  /** Texts that are too long, or not fit, for the file stand there by a name. */
  private static String text(String written) {
    return switch (written) {
      case "@binary" -> "PK\u0003\u0004\u0000\u0000";
      case "@large file" -> " ".repeat(Screening.MOST_CHARACTERS + 1);
      case "@brackets" -> "image -> " + "[".repeat(MANY) + "relu" + "]".repeat(MANY);
      case "@signs" -> "image -> conv(" + "-".repeat(MANY) + "1)";
      case "@sums" -> "image -> conv(1" + " + 1".repeat(MANY) + ")";
      case "@choices" -> "x = " + "when a then ".repeat(MANY / 2) + "b";
      case "@errors" -> "x = = 3\n".repeat(MANY);
      case "@words" -> "image" + " -> relu".repeat(1_000_000 / 2);
      case "@statements" -> "x=a\n".repeat(1_000_000);
      default -> written;
    };
  }
}
