package dev.cnnc.compiler.onnx.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The dimensions of a tensor on each axis of a value, outer ones first. Dimensions of size 1 may be
 * omitted.
 */
record Arrangement(List<Integer> channels, List<Integer> rows, List<Integer> columns) {

  Arrangement {
    channels = List.copyOf(channels);
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /** Pictures {@code [n, c, h, w]}: all dimensions before the last two are the channels. */
  static Arrangement picture(int rank) {
    List<Integer> channels = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      if (i < 2 || i < rank - 2) {
        channels.add(i);
      }
    }
    List<Integer> rest = new ArrayList<>();
    for (int i = channels.size(); i < rank; i++) {
      rest.add(i);
    }
    return rest.size() == 2
        ? new Arrangement(channels, rest.subList(0, 1), rest.subList(1, 2))
        : new Arrangement(channels, List.of(), rest);
  }

  /** Some dimensions as the channels, all others as the pixels of one row. */
  static Arrangement pixels(int rank, List<Integer> channels) {
    return new Arrangement(channels, List.of(), others(rank, channels));
  }

  /** The dimensions that are none of these, in order. */
  static List<Integer> others(int rank, List<Integer> dimensions) {
    return IntStream.range(0, rank).boxed().filter(i -> !dimensions.contains(i)).toList();
  }

  /** One dimension as the channels; the pixels of a picture stay where they are. */
  static Arrangement along(View view, int axis) {
    boolean picture = axis == 1 && view.rank() > 2 && view.size(0) == 1;
    return picture ? picture(view.rank()) : pixels(view.rank(), List.of(axis));
  }

  List<Integer> of(Axis axis) {
    return switch (axis) {
      case CHANNEL -> channels;
      case ROW -> rows;
      case COLUMN -> columns;
    };
  }

  /** All dimensions in the order of the value's elements, omitted ones first. */
  List<Integer> order(int rank) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      if (!channels.contains(i) && !rows.contains(i) && !columns.contains(i)) {
        order.add(i);
      }
    }
    order.addAll(channels);
    order.addAll(rows);
    order.addAll(columns);
    return order;
  }
}
