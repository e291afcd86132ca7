package dev.cnnc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table with columns of the necessary width, between rules.
 *
 * @param firstNumber columns before it are left-aligned, the others right-aligned
 * @param rows one cell for each column
 * @param total the last row
 */
record TextTable(List<String> head, int firstNumber, List<List<String>> rows, List<String> total) {
  private static final String GAP = "  ";

  TextTable {
    head = List.copyOf(head);
    rows = rows.stream().map(List::copyOf).toList();
    total = List.copyOf(total);
  }

  /** The lines, each with its line feed. */
  @Override
  public String toString() {
    List<List<String>> all = new ArrayList<>(rows);
    all.addFirst(head);
    all.addLast(total);
    int[] widths =
        IntStream.range(0, head.size())
            .map(column -> all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    String rule = "-".repeat(IntStream.of(widths).sum() + GAP.length() * (head.size() - 1));
    StringBuilder out = new StringBuilder();
    for (int index = 0; index < all.size(); index++) {
      if (index == 1 || index == all.size() - 1) {
        out.append(rule).append('\n');
      }
      row(all.get(index), widths, out);
    }
    return out.toString();
  }

  private void row(List<String> cells, int[] widths, StringBuilder out) {
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String space = " ".repeat(widths[column] - cell.length());
      out.append(column == 0 ? "" : GAP).append(column < firstNumber ? cell + space : space + cell);
    }
    out.append('\n');
  }
}
