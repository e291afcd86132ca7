package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can only be seen in the sources, those of all modules. */
class SourcesTest {
  private static final int LONGEST_FILE = 350;

  /** A number in a text that {@code formatted} fills in, or {@code format} without a locale. */
  private static final Pattern LOCAL_NUMBER =
      Pattern.compile(
          """
          (?<!%)(?:%%)*%[-+0,(\\#]*\\d*(?:[.]\\d+)?[defg](?:\\\\.|[^"\\\\])*"+\
          (?:\\s*[+]\\s*"(?:\\\\.|[^"\\\\])*")*\\s*[)]?\\s*[.]formatted[(]\
          |String[.]format[(]\\s*"\
          """);

  private static List<Path> files;

  @BeforeAll
  static void list() throws IOException {
    files =
        RepositoryFiles.endingWith(".java").stream()
            .filter(
                file -> RepositoryFiles.ROOT.relativize(file).toString().matches("[^/]+/src/.*"))
            .toList();
    assertThat(files).hasSizeGreaterThan(300);
  }

  @Test
  void filesAreShort() {
    assertThat(files)
        .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThan(LONGEST_FILE));
  }

  @Test
  void everyPackageSaysWhatItIsForAndThatNothingInItIsNull() {
    List<Path> packages =
        files.stream()
            .filter(file -> file.toString().contains("/src/main/java/"))
            .filter(file -> !file.endsWith("module-info.java"))
            .map(Path::getParent)
            .distinct()
            .toList();
    assertThat(packages)
        .hasSizeGreaterThan(12)
        .allSatisfy(
            folder ->
                assertThat(folder.resolve("package-info.java"))
                    .content()
                    .startsWith("/**")
                    .contains("@NullMarked"));
  }

  /** {@code "%d".formatted(1)} and {@code String.format("%d", 1)} write Arabic digits in Egypt. */
  @Test
  void numbersLookTheSameInEveryCountry() {
    assertThat(files)
        .filteredOn(file -> file.toString().contains("/src/main/java/"))
        .filteredOn(file -> !file.toString().contains("/benchmarks/"))
        .hasSizeGreaterThan(150)
        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(LOCAL_NUMBER));
  }

  @Test
  void theRuleForNumbersFindsThem() {
    assertThat("\"a %,d\"\n  + \"b\")\n .formatted(1)").containsPattern(LOCAL_NUMBER);
    assertThat("\"%.1f %s\".formatted(1, 2)").containsPattern(LOCAL_NUMBER);
    assertThat("\"\"\"\n %d\n \"\"\"\n .formatted(1)").containsPattern(LOCAL_NUMBER);
    assertThat("String.format(\"%s\", 1)").containsPattern(LOCAL_NUMBER);
    assertThat("\"%s of 5 %% for %s\".formatted(1, 2)").doesNotContainPattern(LOCAL_NUMBER);
    assertThat("String.format(Locale.ROOT, \"%d\", 1)").doesNotContainPattern(LOCAL_NUMBER);
  }

  @Test
  void nothingIsLeftForLater() {
    String later = "TO" + "DO|FIX" + "ME|X" + "XX";
    assertThat(files)
        .allSatisfy(
            file ->
                assertThat(Files.readAllLines(file))
                    .noneMatch(line -> line.matches(".*\\b(" + later + ")\\b.*")));
  }
}
