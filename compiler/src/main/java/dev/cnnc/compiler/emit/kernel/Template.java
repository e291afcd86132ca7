package dev.cnnc.compiler.emit.kernel;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A text with named holes, {@code ${rows}}. A hole that stands alone in its line takes a text of
 * any number of lines, each indented as the hole is; the line vanishes if the text is empty.
 *
 * @param text with the holes that are still open
 */
record Template(String text) {
  /** The template with every hole called {@code name} filled. */
  Template with(String name, Object value) {
    String hole = "${" + name + "}";
    int at = text.indexOf(hole);
    if (at < 0) {
      throw new IllegalArgumentException("no hole %s in:%n%s".formatted(hole, text));
    }
    String lines = value.toString();
    StringBuilder filled = new StringBuilder();
    int done = 0;
    for (; at >= 0; at = text.indexOf(hole, done)) {
      int line = text.lastIndexOf('\n', at) + 1;
      int end = at + hole.length();
      if (text.startsWith("\n", end) && text.substring(line, at).isBlank()) {
        filled.append(text, done, line).append(lines.indent(at - line));
        done = end + 1;
      } else {
        filled.append(text, done, at).append(lines);
        done = end;
      }
    }
    return new Template(filled.append(text, done, text.length()).toString());
  }

  /** The same for a hole that the writer of the text may leave out. */
  Template offer(String name, Object value) {
    return text.contains("${" + name + "}") ? with(name, value) : this;
  }

  /** The texts for the numbers below {@code count}, one behind the other. */
  String each(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> with(name, number).filled())
        .collect(Collectors.joining());
  }

  /** The filled text. */
  String filled() {
    int open = text.indexOf("${");
    if (open >= 0) {
      String hole = text.substring(open, text.indexOf('}', open) + 1);
      throw new IllegalStateException("nothing fills %s in:%n%s".formatted(hole, text));
    }
    return text;
  }
}
