package dev.cnnc.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds colours to printed diagnostics; the text itself does not change. */
final class DiagnosticColours {
  private static final String RED = "\033[1;31m";
  private static final String YELLOW = "\033[1;33m";
  private static final String GREEN = "\033[32m";
  private static final String PLAIN = "\033[0m";

  /** The head of a diagnostic, its carets, its fix; source excerpts have a bar before them. */
  private static final Pattern PARTS =
      Pattern.compile(
          "^(?:[^|\\n]*? )?(?<error>error\\[E\\d+\\])"
              + "|^(?:[^|\\n]*? )?(?<warning>warning\\[[A-Z]\\d+\\])"
              + "|^ +\\| +(?<carets>\\^+)$"
              + "|^ {3}(?<help>help:)",
          Pattern.MULTILINE);

  private DiagnosticColours() {}

  static String paint(String text) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = PARTS.matcher(text);
    int done = 0;
    String below = RED;
    while (matcher.find()) {
      String group;
      if (matcher.group("error") != null) {
        group = "error";
        below = RED;
      } else if (matcher.group("warning") != null) {
        group = "warning";
        below = YELLOW;
      } else {
        group = matcher.group("carets") != null ? "carets" : "help";
      }
      out.append(text, done, matcher.start(group))
          .append(group.equals("help") ? GREEN : below)
          .append(matcher.group(group))
          .append(PLAIN);
      done = matcher.end(group);
    }
    return out.append(text, done, text.length()).toString();
  }
}
