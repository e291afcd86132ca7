package dev.cnnc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of accuracies: after a first line such as {@code network,top-1}, a line for each network.
 *
 * @param name what the first line calls them
 * @param byNetwork the numbers
 */
record AccuracyTable(String name, Map<String, Double> byNetwork) {
  static final AccuracyTable NONE = new AccuracyTable("", Map.of());

  AccuracyTable {
    byNetwork = Map.copyOf(byNetwork);
  }

  static AccuracyTable read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
    Map<String, Double> numbers = new HashMap<>();
    for (int index = 1; index < lines.size(); index++) {
      if (!lines.get(index).isBlank()) {
        String[] cells = cells(file, lines, index);
        numbers.put(cells[0], number(file, index, cells[1]));
      }
    }
    return new AccuracyTable(lines.isEmpty() ? "" : cells(file, lines, 0)[1], numbers);
  }

  private static String[] cells(Path file, List<String> lines, int index) {
    String[] cells = lines.get(index).split(",", -1);
    if (cells.length != 2) {
      throw bad(file, index, "two cells, such as resnet50,80.9");
    }
    return new String[] {cells[0].strip(), cells[1].strip()};
  }

  private static double number(Path file, int index, String cell) {
    try {
      double value = Double.parseDouble(cell);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw bad(file, index, "a number in its second cell, not " + cell);
  }

  private static Failure bad(Path file, int index, String wanted) {
    return new Failure("%s:%s: a line has %s".formatted(file, index + 1, wanted));
  }
}
