package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A handwritten document with fenced blocks, and parts between markers that a test writes. */
record Markdown(Path file, String text) {

  static final Path LANGUAGE = Path.of("../docs/language.md");

  private static final String FENCE = "```";

  /**
   * One fenced block.
   *
   * @param kind the word behind the fence
   * @param line of the fence, from 1
   */
  record Block(String kind, String text, int line) {}

  /** A paragraph in lines that a document may have, none of which begins as an item of a list. */
  static String wrapped(String paragraph) {
    return paragraph.replaceAll("(.{1,118})(?: (?![-+*] )|$)", "$1\n").strip();
  }

  static Markdown read(Path file) {
    try {
      return new Markdown(file, Files.readString(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = text.lines().toList();
    int open = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE) && open < 0) {
        open = i;
      } else if (lines.get(i).equals(FENCE)) {
        String body = String.join("\n", lines.subList(open + 1, i)) + "\n";
        blocks.add(new Block(lines.get(open).substring(FENCE.length()), body, open + 1));
        open = -1;
      }
    }
    assertThat(open).as("a block without an end in %s, line %d", file, open + 1).isEqualTo(-1);
    return blocks;
  }

  /**
   * What stands between {@code <!-- generated: NAME -->} and {@code <!-- end -->} is {@code fresh}.
   */
  void assertGenerated(String name, String fresh) throws IOException {
    String opening = "<!-- generated: " + name + " -->\n";
    int from = text.indexOf(opening) + opening.length();
    assertThat(from)
        .as("%s has %s", file, opening.strip())
        .isGreaterThanOrEqualTo(opening.length());
    int to = text.indexOf("<!-- end -->", from);
    String old = text.substring(from, to);
    String wanted = "\n" + fresh + "\n";
    if (System.getProperty("golden", "").equals("rewrite") && !old.equals(wanted)) {
      Files.writeString(file, text.substring(0, from) + wanted + text.substring(to));
      fail("written anew: " + file);
    }
    assertThat(old).as("%s is old: -Dgolden=rewrite", file).isEqualTo(wanted);
  }
}
