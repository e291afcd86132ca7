package dev.cnnc.compiler.emit.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A text with named holes, {@code ${rows}}. A hole that stands alone in its line takes a text of
 * any number of lines, each indented as the hole is; the line vanishes if the text is empty.
 *
 * @param text with the holes that are still open
 */
record Template(String text) {
  private static final Pattern HOLE = Pattern.compile("\\$\\{(\\w+)}");

  /** The template with every hole called {@code name} filled. */
  Template with(String name, Object value) {
    String hole = "${" + name + "}";
    if (!text.contains(hole)) {
      throw new IllegalArgumentException("no hole %s in:%n%s".formatted(hole, text));
    }
    Matcher alone = Pattern.compile("(?m)^( *)" + Pattern.quote(hole) + "\n").matcher(text);
    String lines = value.toString();
    String filled =
        alone.replaceAll(line -> Matcher.quoteReplacement(lines.indent(line.group(1).length())));
    return new Template(filled.replace(hole, lines));
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
    Matcher open = HOLE.matcher(text);
    if (open.find()) {
      throw new IllegalStateException("nothing fills %s in:%n%s".formatted(open.group(), text));
    }
    return text;
  }
}
