package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import java.util.List;

/** Networks that begin with so few channels that values lie planar. */
public final class PlanarGraphs {
  private static final int[] OUTPUTS = {2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 15, 4};

  /** Of stride 1 along rows: the other convs cannot write planar values. */
  private static final List<Window> WINDOWS =
      List.of(
          new Window(5, 5, 1, 1, 1, 1, Padding.NONE),
          new Window(3, 3, 2, 1, 1, 1, Padding.NONE),
          new Window(1, 3, 1, 1, 1, 1, Padding.NONE),
          new Window(3, 1, 1, 1, 2, 1, Padding.NONE),
          new Window(2, 3, 1, 1, 1, 2, Padding.NONE));

  private static final List<Window> POOLS =
      List.of(
          new Window(2, 2, 2, 2, 1, 1, Padding.NONE),
          new Window(3, 3, 2, 2, 1, 1, Padding.NONE),
          new Window(3, 2, 1, 1, 1, 1, Padding.NONE),
          new Window(2, 3, 3, 2, 2, 1, Padding.NONE),
          new Window(1, 2, 1, 2, 1, 3, Padding.NONE),
          new Window(2, 2, 2, 2, 1, 1, Padding.all(1)));

  private final KernelGraphs all;
  private int turn;

  private PlanarGraphs(KernelGraphs all) {
    this.all = all;
  }

  /** All families. */
  static List<KernelFamily> families() {
    return List.of(
        KernelFamily.of("planar", 1, 19, 32, graphs -> new PlanarGraphs(graphs).build()),
        KernelFamily.of("planar of colours", 3, 20, 45, graphs -> new PlanarGraphs(graphs).build()),
        KernelFamily.of(
            "planar of short rows", 2, 9, 17, graphs -> new PlanarGraphs(graphs).build()));
  }

  private void build() {
    for (int outputs : OUTPUTS) {
      // Alike, windows would be joined to one conv.
      Window window = padded(WINDOWS.get(turn % WINDOWS.size()), turn);
      int first = activated(all.graph().conv(all.name("conv"), all.picture(), outputs, window));
      int second =
          turn % 3 == 0
              ? activated(
                  all.graph()
                      .conv(
                          all.name("conv"), first, 15 - outputs, padded(WINDOWS.get(turn % 5), 1)))
              : first;
      Op.Reduction reduction = turn % 2 == 0 ? Op.Reduction.AVERAGE : Op.Reduction.MAX;
      Op pool = new Op.Pool(reduction, POOLS.get(turn % POOLS.size()), false, true);
      int pooled = all.show(all.graph().add(all.name("pool"), pool, second));
      int count = new int[] {16, 9, 1, 33}[turn % 4];
      Window last = padded(new Window(2, 2 + turn % 4, 1, 1, 1, 1, Padding.NONE), 0);
      all.finished(all.graph().conv(all.name("conv"), pooled, count, last), all.picture());
      turn++;
    }
  }

  private Window padded(Window window, int top) {
    return window.with(new Padding(top, turn % 4, 1 + turn % 2, turn % 3));
  }

  private int activated(int conv) {
    List<Activation> functions = KernelGraphs.ACTIVATIONS;
    return all.show(
        turn % 4 == 3
            ? conv
            : all.graph().activate(all.name("act"), functions.get(turn % functions.size()), conv));
  }
}
