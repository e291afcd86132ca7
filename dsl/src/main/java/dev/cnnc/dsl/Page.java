package dev.cnnc.dsl;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines under construction, each with at most one comment at its end.
 *
 * <p>Invariant: no line ends with a space, and comments of neighbouring lines start in one column.
 */
final class Page {

  /** Where lines should end. */
  static final int COLUMNS = 100;

  private static final class Line {
    private final StringBuilder text = new StringBuilder();
    private String comment = "";
  }

  private final List<Line> lines = new ArrayList<>();

  /** The number of characters in the current line. */
  int column() {
    return lines.isEmpty() ? 0 : lines.getLast().text.length();
  }

  void write(String text) {
    lines.getLast().text.append(text);
  }

  void newLine(int indent) {
    lines.add(new Line());
    lines.getLast().text.repeat(' ', indent);
  }

  /** Puts a comment at the end of the current line, if the line has text and no comment yet. */
  boolean endWith(String comment) {
    String line = lines.isEmpty() ? "" : lines.getLast().text.toString().strip();
    if (line.isEmpty() || line.startsWith("//") || !lines.getLast().comment.isEmpty()) {
      return false;
    }
    lines.getLast().comment = comment;
    return true;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** The whole text. */
  String text() {
    StringBuilder out = new StringBuilder();
    for (int begin = 0; begin < lines.size(); ) {
      int end = begin + 1;
      while (end < lines.size() && commented(begin) && commented(end)) {
        end++;
      }
      List<Line> run = lines.subList(begin, end);
      int column = run.stream().mapToInt(line -> line.text.length()).max().orElseThrow();
      for (Line line : run) {
        out.append(line.text);
        if (!line.comment.isEmpty()) {
          int gap = column < COLUMNS ? column - line.text.length() : 0;
          out.repeat(' ', gap + 1).append(line.comment);
        }
        out.append('\n');
      }
      begin = end;
    }
    return out.toString();
  }

  private boolean commented(int line) {
    return !lines.get(line).comment.isEmpty();
  }
}
