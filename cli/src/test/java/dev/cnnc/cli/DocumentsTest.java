package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for the Markdown documents of all modules. */
class DocumentsTest {
  private static final int LONGEST_LINE = 120;

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private static List<Path> documents;

  @BeforeAll
  static void list() throws IOException {
    documents = RepositoryFiles.endingWith(".md");
    assertThat(documents).hasSizeGreaterThan(6);
  }

  @Test
  void linesAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path document : documents) {
      for (int line : longLines(Files.readAllLines(document))) {
        tooLong.add(RepositoryFiles.ROOT.relativize(document) + ":" + line);
      }
    }
    assertThat(tooLong).as("longer than %s characters", LONGEST_LINE).isEmpty();
  }

  /** A row of a table cannot be broken, and neither can an address. */
  @Test
  void onlyTablesAndAddressesMayBeLonger() {
    String words = "word ".repeat(30);
    assertThat(longLines(List.of("short", words, "| " + words + "|", words + "https://a.org")))
        .containsExactly(2);
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    int links = 0;
    for (Path document : documents) {
      for (String target :
          LINK.matcher(Files.readString(document)).results().map(link -> link.group(1)).toList()) {
        links++;
        if (!target.startsWith("http") && !exists(document, target)) {
          dead.add(RepositoryFiles.ROOT.relativize(document) + ": " + target);
        }
      }
    }
    assertThat(dead).isEmpty();
    assertThat(links).isGreaterThan(100);
  }

  private static List<Integer> longLines(List<String> lines) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.length() > LONGEST_LINE && !line.startsWith("|") && !line.contains("://")) {
        numbers.add(i + 1);
      }
    }
    return numbers;
  }

  private static boolean exists(Path document, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
    return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
  }

  /** The headings of a document as GitHub makes addresses of them. */
  private static List<String> anchors(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .toList();
  }
}
