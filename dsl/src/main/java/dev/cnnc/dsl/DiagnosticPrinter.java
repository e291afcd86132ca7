package dev.cnnc.dsl;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Diagnostics as text: place, number, message, the line with carets, the calls that lead there, and
 * the fix.
 *
 * <p>Invariant: equal diagnostics give equal text, on every machine and in whatever order they were
 * found.
 */
public final class DiagnosticPrinter {

  /** Indentation of all lines of a diagnostic after the first. */
  private static final String INDENT = "   ";

  private static final int NUMBER_WIDTH = 5;
  private static final int TAB_WIDTH = 4;

  /** Longer lines are cut to this many columns around the caret. */
  private static final int MOST_COLUMNS = 100;

  /** Columns of a cut line that stay visible before the caret. */
  private static final int LEAD = 40;

  private static final String CUT = "...";

  private static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparing((Diagnostic one) -> one.span().isEmpty())
          .thenComparing(one -> one.span().map(span -> span.source().name()).orElse(""))
          .thenComparing(one -> one.span().map(Span::start).orElse(0))
          .thenComparing(Diagnostic::code)
          .thenComparing(Diagnostic::message);

  private DiagnosticPrinter() {}

  /** Sorted by file and place; diagnostics without a place come last. */
  public static List<Diagnostic> sorted(List<Diagnostic> diagnostics) {
    return diagnostics.stream().sorted(BY_PLACE).toList();
  }

  /** All diagnostics, sorted. Every line ends with a line feed. */
  public static String print(List<Diagnostic> diagnostics) {
    return sorted(diagnostics).stream().map(DiagnosticPrinter::print).collect(Collectors.joining());
  }

  /** One diagnostic. Every line ends with a line feed. */
  public static String print(Diagnostic diagnostic) {
    StringBuilder out = new StringBuilder();
    diagnostic.span().ifPresent(span -> out.append(span).append(": "));
    String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
    out.append(severity).append('[').append(diagnostic.code()).append("]: ");
    out.append(expand(diagnostic.message())).append('\n');
    diagnostic.span().ifPresent(span -> excerpt(out, span));
    diagnostic.trail().forEach(line -> out.append(INDENT).append(expand(line)).append('\n'));
    diagnostic
        .help()
        .ifPresent(cure -> out.append(INDENT).append("help: ").append(lines(cure)).append('\n'));
    return out.toString();
  }

  /** A cure can have several lines, such as a program. */
  private static String lines(String cure) {
    return cure.lines().map(DiagnosticPrinter::expand).collect(Collectors.joining('\n' + INDENT));
  }

  private static void excerpt(StringBuilder out, Span span) {
    String line = span.source().lineAt(span.start());
    if (line.isBlank()) {
      return;
    }
    Source.Position position = span.source().position(span.start());
    int begin = Math.min(position.column() - 1, line.length());
    int end = Math.min(begin + span.end() - span.start(), line.length());
    int left = line.length() <= MOST_COLUMNS ? 0 : Math.max(0, begin - LEAD);
    int right = Math.min(line.length(), left + MOST_COLUMNS);
    String before = (left == 0 ? "" : CUT) + line.substring(left, begin);
    int from = expand(before).length();
    int to = expand(before + line.substring(begin, Math.min(end, right))).length();
    String shown = before + line.substring(begin, right) + (right == line.length() ? "" : CUT);
    String number = Integer.toString(position.line());
    String gutter = " ".repeat(Math.max(0, NUMBER_WIDTH - number.length())) + number;
    out.append(gutter).append(" | ").append(expand(shown)).append('\n');
    out.repeat(' ', gutter.length()).append(" | ");
    out.repeat(' ', from).repeat('^', Math.max(1, to - from)).append('\n');
  }

  /**
   * Whether a character is visible as it is: it does not move the cursor, reverse the line or look
   * empty.
   */
  static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * One column for each character: tabs become spaces, and invisible characters become question
   * marks.
   */
  private static String expand(String line) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        out.repeat(' ', TAB_WIDTH - out.length() % TAB_WIDTH);
      } else {
        out.append(isVisible(c) || Character.isSurrogate(c) || c == ' ' ? c : '?');
      }
    }
    return out.toString();
  }
}
