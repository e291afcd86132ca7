package dev.cnnc.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The last touch to what JavaPoet writes: comments of one line stand on one line, no line is too
 * long, and fields that need no comment stand together.
 */
final class TextLayout {
  private static final int WIDTH = 100;

  private static final Pattern PLAIN_FIELD =
      Pattern.compile(" +(?:private )?(?:static )?final [^(){]+(?: = .*)?;");

  private TextLayout() {}

  static String of(String text) {
    return String.join("\n", together(comments(text.lines().toList()))) + "\n";
  }

  private static List<String> comments(List<String> lines) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String indent = line.substring(0, line.length() - line.stripLeading().length());
      boolean single =
          line.strip().equals("/**")
              && i + 2 < lines.size()
              && lines.get(i + 2).strip().equals("*/");
      if (single) {
        String sentence = lines.get(i + 1).strip().substring(1).strip();
        String whole = indent + "/** " + sentence + " */";
        if (whole.length() <= WIDTH) {
          result.add(whole);
          i += 2;
          continue;
        }
      }
      if (line.strip().startsWith("* ") && line.length() > WIDTH) {
        wrap(line.strip().substring(2), indent + "* ", result);
      } else if (line.length() > WIDTH) {
        LineBreaks.add(line, indent, WIDTH, result);
      } else {
        result.add(line);
      }
    }
    return result;
  }

  private static void wrap(String sentence, String indent, List<String> result) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : sentence.split(" ", -1)) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
        result.add(line.toString());
        line = new StringBuilder(indent);
      }
      line.append(line.length() > indent.length() ? " " : "").append(word);
    }
    result.add(line.toString());
  }

  /** Without the blank line between two fields of one line each. */
  private static List<String> together(List<String> lines) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean between =
          lines.get(i).isEmpty()
              && i + 1 < lines.size()
              && i > 0
              && PLAIN_FIELD.matcher(lines.get(i - 1)).matches()
              && PLAIN_FIELD.matcher(lines.get(i + 1)).matches();
      if (!between) {
        result.add(lines.get(i));
      }
    }
    return result;
  }
}
