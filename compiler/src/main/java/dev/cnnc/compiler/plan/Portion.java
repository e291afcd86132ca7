package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.runtime.View;
import java.util.List;

/**
 * How many units of a step a thread takes at least; all of them where a second thread would cost
 * more than it brings.
 */
final class Portion {
  /**
   * Nanoseconds of work that are not worth another thread: it has to hear of it, and reads from the
   * other's cache what the step before has left there.
   */
  private static final double LEAST = 2_000;

  // What a thread does in a nanosecond, roughly.
  private static final double MACS = 32;
  private static final double OPERATIONS = 8;
  private static final double FLOATS = 4;

  private Portion() {}

  /** From one to all of {@code units}, which are one at least. */
  static int of(Graph graph, Node node, Kernel kernel, List<View> reads, View write, int units) {
    Cost cost = Cost.of(graph, node);
    double floats = write.size() + reads.stream().mapToDouble(View::size).sum();
    double nanoseconds =
        kernel.multiplications(reads, write) / MACS
            + cost.operations() / OPERATIONS
            + floats / FLOATS;
    double enough = units * LEAST / nanoseconds;
    return 2 * enough > units
        ? units
        : Math.clamp(kernel.grain(units), (int) Math.ceil(enough), Math.max(1, units - 1));
  }
}
