package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No code and no word of the language is missing in {@code docs/language.md}, and none is made up.
 */
class LanguageTablesTest {

  private static final Pattern CODE = Pattern.compile("\"([EW]\\d{3})\"");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([EW]\\d{3})` \\| \\S");

  private static final String TEXT = Markdown.read(Markdown.LANGUAGE).text();

  @Test
  void everyCodeHasARow() {
    Set<String> codes = Arrays.stream(Code.values()).map(Code::name).collect(Collectors.toSet());
    for (String module : List.of("dsl", "compiler")) {
      sources(Path.of("..", module, "src/main/java")).forEach(text -> addAll(codes, text));
    }
    assertThat(ROW.matcher(TEXT).results().map(row -> row.group(1)))
        .containsExactlyElementsOf(new TreeSet<>(codes));
  }

  @Test
  void everyWordIsTold() {
    assertThat(
            Stream.of(
                    Names.WORDS,
                    Evaluator.FUNCTIONS,
                    Combinators.NAMES,
                    PreprocessClause.KEYS,
                    PreprocessClause.FLAGS,
                    DetectClause.KEYS,
                    DetectClause.FLAGS)
                .flatMap(List::stream))
        .allSatisfy(word -> assertThat(TEXT).containsPattern("`" + word + "[`( ]"));
    assertThat(TEXT)
        .contains(
            ValueNames.KEYWORDS.stream().sorted().collect(Collectors.joining("` `", "`", "`")));
  }

  private static void addAll(Set<String> codes, String text) {
    CODE.matcher(text).results().map((MatchResult code) -> code.group(1)).forEach(codes::add);
  }

  private static Stream<String> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(LanguageTablesTest::text)
          .toList()
          .stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
