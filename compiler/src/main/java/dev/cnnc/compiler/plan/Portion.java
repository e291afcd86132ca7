package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.runtime.View;

/**
 * How many units of a step a thread takes at least; all of them where a second thread would cost
 * more than it brings.
 */
public final class Portion {
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

  /** From one to all units of a step. */
  public static int of(Graph graph, Step step) {
    int units = Math.max(1, step.units());
    double enough = units * LEAST / nanoseconds(graph, step);
    return 2 * enough > units
        ? units
        : Math.clamp(block(step), (int) Math.ceil(enough), Math.max(1, units - 1));
  }

  /** Units that read weights, or transform pixels, once for all. */
  private static int block(Step step) {
    return switch (step.kernel()) {
      case Kernel.Conv _, Kernel.ScaledConv _, Kernel.GatedConv _, Kernel.StrassenConv _ ->
          Kernel.BLOCK / Kernel.UNIT;
      case Kernel.WinogradConv conv -> conv.byOutputs() ? step.units() / 2 : conv.block();
      default -> 1;
    };
  }

  private static double nanoseconds(Graph graph, Step step) {
    Cost cost = Cost.of(graph, step.node());
    double floats = step.write().size() + step.reads().stream().mapToDouble(View::size).sum();
    return cost.macs() * share(step.kernel()) / MACS
        + cost.operations() / OPERATIONS
        + floats / FLOATS;
  }

  /** Of the multiply-adds that a layer is written with, those that are done. */
  private static double share(Kernel kernel) {
    return switch (kernel) {
      case GeneralKernel.SpaceToDepth _ -> 0;
      case Kernel.WinogradConv conv ->
          (double) conv.tile().products()
              / (conv.rows() * conv.columns() * conv.window().height() * conv.window().width());
      default -> 1;
    };
  }
}
