package dev.cnnc.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Widths of the steps of neighbouring lines, so that arrows stand below arrows.
 *
 * <p>Invariant: no width is smaller than its step, and no line becomes wider than a page.
 */
final class Columns {

  /** Widest gap in front of an arrow; a wider one separates a line from its arrow. */
  private static final int WIDEST_GAP = 30;

  private Columns() {}

  /**
   * One width for each step.
   *
   * @param first the first line to align; a line that starts at another column does not take part
   * @param columns greatest width of a line's steps and the arrows between them
   */
  static <T> List<List<Integer>> align(
      List<List<T>> lines, ToIntFunction<T> width, int first, int columns) {
    List<List<Integer>> widths = new ArrayList<>();
    for (List<T> line : lines) {
      widths.add(line.size() < 2 ? List.of(0) : line.stream().map(width::applyAsInt).toList());
    }
    for (int begin = first; begin < lines.size(); ) {
      int end = begin + 1;
      while (end < lines.size() && lines.get(begin).size() > 1 && lines.get(end).size() > 1) {
        end++;
      }
      align(widths.subList(begin, end), columns);
      begin = end;
    }
    return widths;
  }

  private static void align(List<List<Integer>> run, int columns) {
    List<Integer> widest = new ArrayList<>();
    for (List<Integer> line : run) {
      for (int k = 0; k < line.size() - 1; k++) {
        if (k == widest.size()) {
          widest.add(0);
        }
        widest.set(k, Math.max(widest.get(k), line.get(k)));
      }
    }
    List<List<Integer>> aligned = run.stream().map(line -> pad(line, widest)).toList();
    for (int i = 0; i < run.size(); i++) {
      int length = aligned.get(i).stream().mapToInt(Integer::intValue).sum();
      if (length + (run.get(i).size() - 1) * Layout.ARROW.length() > columns
          || !isNear(run.get(i), aligned.get(i))) {
        return;
      }
    }
    for (int i = 0; i < run.size(); i++) {
      run.set(i, aligned.get(i));
    }
  }

  private static List<Integer> pad(List<Integer> line, List<Integer> widest) {
    List<Integer> padded = new ArrayList<>(line);
    for (int k = 0; k < line.size() - 1; k++) {
      padded.set(k, widest.get(k));
    }
    return padded;
  }

  private static boolean isNear(List<Integer> line, List<Integer> padded) {
    for (int k = 0; k < line.size(); k++) {
      if (padded.get(k) - line.get(k) > WIDEST_GAP) {
        return false;
      }
    }
    return true;
  }
}
