package dev.cnnc.compiler.emit;

import java.util.List;

/**
 * Breaks a line of code that is too long, outside of as many brackets as it can: behind {@code =}
 * or a comma, in front of {@code +} or of a call on a result. It means the same afterwards.
 */
final class LineBreaks {
  private static final String CONTINUED = "    ";

  private LineBreaks() {}

  /** Adds the parts of {@code line}; what stays too long has no place to break it at. */
  static void add(String line, String indent, int width, List<String> result) {
    int comment = line.indexOf("; // ");
    if (comment >= 0) {
      result.add(indent + line.substring(comment + 2));
      add(line.substring(0, comment + 1), indent, width, result);
      return;
    }
    String rest = line;
    for (int place = place(rest, width); place > 0; place = place(rest, width)) {
      result.add(rest.substring(0, place).stripTrailing());
      rest = indent + CONTINUED + rest.substring(place);
    }
    result.add(rest);
  }

  /**
   * The last place within {@code width} that the fewest brackets are around; 0 if none is needed.
   */
  private static int place(String line, int width) {
    int start = line.length() - line.stripLeading().length();
    int best = 0;
    int fewest = Integer.MAX_VALUE;
    int depth = 0;
    boolean quoted = false;
    for (int i = Math.max(start, 2); i < width && line.length() > width; i++) {
      char c = line.charAt(i);
      quoted ^= c == '"' && line.charAt(i - 1) != '\\';
      if (quoted) {
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      boolean behind = c == ' ' && (line.charAt(i - 1) == ',' || line.startsWith(" = ", i - 2));
      boolean before = (c == ')' && line.charAt(i + 1) == '.') || line.startsWith(" + ", i);
      if ((behind || before) && i >= start + CONTINUED.length() && depth <= fewest) {
        best = i + 1;
        fewest = depth;
      }
    }
    return best;
  }
}
