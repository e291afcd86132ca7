package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import java.util.List;

/** Convs that stride over a picture of few channels, which they read as squares of pixels. */
public final class StemGraphs {
  private static final int[][] SIZES = {
    {7, 7, 2, 2},
    {11, 11, 4, 4},
    {5, 5, 2, 2},
    {6, 7, 2, 2},
    {9, 7, 3, 2},
    {12, 10, 4, 3},
    {9, 3, 4, 1}
  };

  private static final int[] FILTERS = {64, 17, 96, 33, 129, 16};

  private StemGraphs() {}

  /** All families. */
  static List<KernelFamily> families() {
    return List.of(
        KernelFamily.of("stem of a picture", 3, 57, 63, graphs -> stems(graphs, graphs.picture())),
        KernelFamily.of("stem of a dense picture", 3, 14, 63, StemGraphs::dense),
        KernelFamily.of(
            "stem of five channels",
            45,
            48,
            graphs -> {
              int wide = graphs.source(17);
              stems(
                  graphs,
                  graphs.show(graphs.graph().add(graphs.name("slice"), new Op.Slice(7, 12), wide)));
            }));
  }

  /** With another reader the picture is not planar. */
  private static void dense(KernelGraphs all) {
    all.show(all.graph().relu(all.name("relu"), all.picture()));
    stems(all, all.picture());
  }

  private static void stems(KernelGraphs all, int source) {
    int turn = 0;
    for (int[] size : SIZES) {
      for (int top : new int[] {size[0] / 2, 0, size[2] + 1, 1, 2}) {
        Padding padding = new Padding(top, turn % 4, turn % 3, size[1] / 2);
        Window window = new Window(size[0], size[1], size[2], size[3], 1, 1, padding);
        int filters = FILTERS[turn++ % FILTERS.length];
        all.finished(
            all.graph().conv(all.name("conv"), source, filters, window, 1, turn % 2 == 0), source);
      }
    }
  }
}
