package dev.cnnc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows under a head, in columns as wide as they need be; the last row is a total.
 *
 * @param head of the columns
 * @param firstNumber from this column on cells end at the right
 */
record TextTable(List<String> head, int firstNumber) {

  private static final String GAP = "  ";

  String of(List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(rows);
    int[] widths =
        IntStream.range(0, head.size())
            .map(column -> all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    String rule = "-".repeat(IntStream.of(widths).sum() + GAP.length() * (head.size() - 1)) + "\n";
    StringBuilder out = new StringBuilder();
    for (int index = 0; index < all.size(); index++) {
      out.append(index == 1 || index == all.size() - 1 ? rule : "");
      row(all.get(index), widths, out);
    }
    return out.toString();
  }

  private void row(List<String> cells, int[] widths, StringBuilder out) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String space = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? "" : GAP)
          .append(column < firstNumber ? cell + space : space + cell);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }
}
