package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import java.util.HashSet;
import java.util.Set;

/**
 * Which scales are applied while a conv reads its input, as DenseNet's batch norms are: their
 * values are never written.
 *
 * <p>Only for convs of one pixel without padding, the scale's only readers: a larger window would
 * scale every pixel once for each of its places, and padding is zero behind a scale, not before it.
 */
record Prologues(Set<Integer> scales) {

  Prologues {
    scales = Set.copyOf(scales);
  }

  static Prologues of(Graph graph) {
    int[] readers = new int[graph.nodes().size()];
    graph.nodes().forEach(node -> node.inputs().forEach(input -> readers[input]++));
    graph.outputs().forEach(output -> readers[output.node()]++);
    Set<Integer> scales = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Conv conv && reads(conv)) {
        Node input = graph.node(node.inputs().getFirst());
        if (input.op() instanceof Op.Scale
            && readers[input.id()] == 1
            && !input.shape().isVector()) {
          scales.add(input.id());
        }
      }
    }
    return new Prologues(scales);
  }

  private static boolean reads(Op.Conv conv) {
    return conv.groups() == 1
        && conv.window().isOnePixel()
        && conv.window().padding().equals(Padding.NONE);
  }

  /** Whether the value of this node is never written. */
  boolean contains(Node node) {
    return scales.contains(node.id());
  }
}
