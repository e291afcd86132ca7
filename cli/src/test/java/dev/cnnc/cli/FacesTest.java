package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page {@code docs/faces/README.md} to the letter: its models come from npm, its commands
 * import them, its clauses go into the networks, and its program compares the faces of two
 * photographs.
 */
class FacesTest {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^npm pack (\\S+)$");
  private static final Pattern FOLDER = Pattern.compile("(?m)^tar xzf \\S+ .* (package/\\S+)$");
  private static final Pattern BY_HAND =
      Pattern.compile("(?m)^\\| !.*\\| (\\d+,\\d+ \\d+,\\d+ \\d+,\\d+) \\|$");
  private static final Pattern FOUND =
      Pattern.compile(
          "(?m)^(?:first|second): .* eyes at (\\d+,\\d+) and (\\d+,\\d+), mouth at (\\d+,\\d+)$");
  private static final Pattern SIMILAR = Pattern.compile("(?m)^(\\w+) persons?: (.*) and (.*)$");

  /** Pixels, of faces of 100 and more. */
  private static final double NEAR = 12;

  @TempDir private Path folder;

  @Test
  void tellsOnePersonFromTwo() throws IOException {
    PageProgram page =
        new PageProgram(RepositoryFiles.ROOT.resolve("docs/faces/README.md"), folder);
    List<String> packages = page.all(PACKAGE);
    List<String> folders = page.all(FOLDER);
    for (int index = 0; index < packages.size(); index++) {
      NpmPackage.unpacked(packages.get(index), folders.get(index), folder);
    }
    page.compile(Map.of());
    String said = page.run("Faces", "collins.jpg", "hopper.jpg");
    assertThat(said).isEqualTo(page.output());
    checkPlaces(page, said);
    checkPersons(said);
  }

  private static void checkPlaces(PageProgram page, String said) throws IOException {
    List<String> found =
        FOUND
            .matcher(said)
            .results()
            .map(it -> it.group(1) + " " + it.group(2) + " " + it.group(3))
            .toList();
    List<String> right = page.all(BY_HAND);
    assertThat(found).hasSameSizeAs(right);
    for (int face = 0; face < right.size(); face++) {
      String[] numbers = found.get(face).split("[ ,]", -1);
      String[] measured = right.get(face).split("[ ,]", -1);
      for (int index = 0; index < measured.length; index++) {
        assertThat(Double.parseDouble(numbers[index]))
            .as("%s, number %s", found.get(face), index)
            .isCloseTo(Double.parseDouble(measured[index]), within(NEAR));
      }
    }
  }

  private static void checkPersons(String said) {
    SIMILAR
        .matcher(said)
        .results()
        .forEach(
            line -> {
              for (int each = 2; each <= 3; each++) {
                double similarity = Double.parseDouble(line.group(each));
                if (line.group(1).equals("one")) {
                  assertThat(similarity).isGreaterThan(0.8);
                } else {
                  assertThat(similarity).isLessThan(0.3);
                }
              }
            });
    assertThat(SIMILAR.matcher(said).results()).hasSize(2);
  }
}
