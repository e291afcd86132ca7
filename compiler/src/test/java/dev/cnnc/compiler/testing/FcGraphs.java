package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Window;
import java.util.List;

/** Fcs whose weights can be kept in 16 bits. */
public final class FcGraphs {
  /** Less than a vector, a panel of 16 and of 32, four panels and more, two blocks and more. */
  public static final List<Integer> SIZES = List.of(1, 7, 16, 40, 97, 130, 300);

  private FcGraphs() {}

  /** Fcs of a picture and of vectors, alone, activated and behind a sum. */
  public static Graph fcs() {
    GraphBuilder graph = new GraphBuilder(5, 4, 6);
    int conv = graph.conv("conv", 0, 20, Window.of(3, 1));
    int whole = graph.conv("whole", conv, 33, Window.of(2, 6));
    int flat = graph.fc("flat", graph.add("flatten", new Op.Flatten(), conv), 33);
    int value = graph.add("both", new Op.Add(), whole, flat);
    for (int size : SIZES) {
      int fc = graph.relu("relu" + size, graph.fc("fc" + size, value, size));
      int again = graph.fc("again" + size, fc, size);
      value = graph.relu("joined" + size, graph.add("add" + size, new Op.Add(), again, fc));
    }
    return graph.build(value);
  }
}
