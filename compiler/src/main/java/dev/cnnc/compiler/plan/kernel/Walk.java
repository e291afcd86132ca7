package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;

/**
 * Output axis i walks along axis {@code order[i]} of the input, from {@code starts[i]} on by {@code
 * steps[i]}; 0 are channels, 1 rows, 2 columns.
 */
public record Walk(List<Integer> order, List<Integer> starts, List<Integer> steps)
    implements RowByRow {
  public Walk {
    order = List.copyOf(order);
    starts = List.copyOf(starts);
    steps = List.copyOf(steps);
  }

  public static Walk permuted(List<Integer> order) {
    return new Walk(order, List.of(0, 0, 0), List.of(1, 1, 1));
  }

  public static Walk taken(Rearrangement.Take take) {
    List<Integer> starts = new ArrayList<>(List.of(0, 0, 0));
    List<Integer> steps = new ArrayList<>(List.of(1, 1, 1));
    starts.set(take.axis(), take.from());
    steps.set(take.axis(), take.step());
    return new Walk(List.of(0, 1, 2), starts, steps);
  }

  /** Where in the arena it begins. */
  public int start(View read) {
    int start = read.offset();
    for (int axis = 0; axis < 3; axis++) {
      start += starts.get(axis) * distance(read, axis);
    }
    return start;
  }

  /** Floats from one element to the next along an axis of the output. */
  public int step(View read, int axis) {
    return steps.get(axis) * distance(read, axis);
  }

  /** Every element of the output is another one of the input. */
  @Override
  public Traffic traffic(List<View> reads, View write) {
    return new Traffic(write.size(), write.size());
  }

  private int distance(View read, int axis) {
    return switch (order.get(axis)) {
      case 0 -> 1;
      case 1 -> read.line();
      default -> read.pixel();
    };
  }
}
