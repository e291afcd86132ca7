package dev.cnnc.vision;

import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The grids of an input, one for each stride, and the outputs that have a row for each cell. */
final class Cells {
  private Cells() {}

  /** Of a side, cut off where it is no multiple. */
  static int along(int side, int stride) {
    return side / stride;
  }

  /** Cells of all grids. */
  static int count(Signature signature, List<Integer> strides) {
    View input = signature.input();
    long cells = 0;
    for (int stride : strides) {
      cells += (long) along(input.height(), stride) * along(input.width(), stride);
    }
    return Math.toIntExact(cells);
  }

  /** Numbers for each of so many rows; 0 if the output has not so many rows. */
  static int columns(View output, int rows) {
    return rows > 0 && is(output, rows, output.size() / rows) ? output.size() / rows : 0;
  }

  /** Whether the output is [first, second], where ones do not count. */
  static boolean is(View output, int first, int second) {
    return (long) first * second == output.size() && (first == 1 || leading(output) == first);
  }

  /** Why the output is not [rows, columns], with at least so many columns, if it is not. */
  static Optional<String> refusal(Signature.Output output, int rows, int least) {
    return columns(output.view(), rows) >= least
        ? Optional.empty()
        : Optional.of(
            "output %s is %s, not [%s, %s or more]"
                .formatted(output.name(), shape(output.view()), rows, least));
  }

  /** The same for exactly so many columns. */
  static Optional<String> exactly(Signature.Output output, int rows, int columns) {
    return is(output.view(), rows, columns)
        ? Optional.empty()
        : Optional.of(
            "output %s is %s, not [%s, %s]"
                .formatted(output.name(), shape(output.view()), rows, columns));
  }

  /** Why a head of so many grids cannot read the outputs, unless there are so many for each. */
  static Optional<String> outputs(Signature signature, int grids, int each) {
    int wanted = each * grids;
    int there = signature.outputs().size();
    return there == wanted
        ? Optional.empty()
        : Optional.of(
            "%s strides need %s outputs, but there are %s".formatted(grids, wanted, there));
  }

  /**
   * Landmarks beside a cell, whose numbers are x and y in turns.
   *
   * @param from the first number
   * @param end behind the last number; one that is alone does not count
   * @param x of the cell, in pixels
   * @param scale pixels of a number's unit
   */
  static List<Point> landmarks(
      float[] numbers, int from, int end, double x, double y, double scale) {
    List<Point> points = new ArrayList<>();
    for (int at = from; at + 1 < end; at += 2) {
      points.add(
          new Point((float) (x + numbers[at] * scale), (float) (y + numbers[at + 1] * scale)));
    }
    return points;
  }

  /** The first axis with more than one element. */
  private static int leading(View view) {
    return view.channels() > 1 ? view.channels() : view.height() > 1 ? view.height() : view.width();
  }

  static String shape(View view) {
    return "[%s, %s, %s]".formatted(view.channels(), view.height(), view.width());
  }
}
