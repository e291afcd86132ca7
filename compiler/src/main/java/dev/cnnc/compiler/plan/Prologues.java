package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.plan.kernel.Reading;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is applied while a conv reads its input, so that its value is never written: scales, as
 * DenseNet's batch norms are, and gates, products with one number a channel, as of
 * squeeze-and-excitation.
 *
 * <p>Only for convs of one pixel without padding, their only readers: a larger window would scale
 * every pixel once for each of its places, and padding is zero behind a scale, not before it.
 *
 * @param readers the convs, by what they apply
 */
record Prologues(Map<Integer, Integer> readers) {

  Prologues {
    readers = Map.copyOf(readers);
  }

  /**
   * The prologues of a graph.
   *
   * @param choices how each node is computed without any
   */
  static Prologues of(Graph graph, Map<Integer, Choice> choices) {
    int[] count = new int[graph.nodes().size()];
    graph.nodes().forEach(node -> node.inputs().forEach(input -> count[input]++));
    graph.outputs().forEach(output -> count[output.node()]++);
    Map<Integer, Integer> readers = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Conv conv && reads(conv)) {
        Node input = graph.node(node.inputs().getFirst());
        if (count[input.id()] == 1
            && !input.shape().isVector()
            && (input.op() instanceof Op.Scale
                || (isGate(graph, input) && inRuns(choices.get(node.id()))))) {
          readers.put(input.id(), node.id());
        }
      }
    }
    return new Prologues(readers);
  }

  private static boolean reads(Op.Conv conv) {
    return conv.groups() == 1
        && conv.window().isOnePixel()
        && conv.window().padding().equals(Padding.NONE);
  }

  private static boolean isGate(Graph graph, Node node) {
    return node.op() instanceof Op.Multiply
        && node.inputs().size() == 2
        && graph.node(factor(graph, node)).shape().isVector();
  }

  /** Other ways to compute the conv gain more than a product that is spared. */
  private static boolean inRuns(@Nullable Choice conv) {
    return conv != null
        && conv.kernel() instanceof TiledConv tiled
        && tiled.reading() == Reading.RUNS;
  }

  /** Whether the value of this node is never written. */
  boolean contains(Node node) {
    return readers.containsKey(node.id());
  }

  /** The node that {@code reader} applies while it reads, if any. */
  Optional<Node> of(Graph graph, Node reader) {
    return reader.inputs().stream()
        .limit(1)
        .filter(input -> Integer.valueOf(reader.id()).equals(readers.get(input)))
        .map(graph::node)
        .findFirst();
  }

  /** The input of such a node, or of a product with one number a channel, that is a picture. */
  static int picture(Graph graph, Node node) {
    int first = node.inputs().getFirst();
    return graph.node(first).shape().equals(node.shape()) ? first : node.inputs().getLast();
  }

  /** The other input of a gate, one number a channel; none of a scale. */
  static Optional<Integer> gate(Graph graph, Node applied) {
    return applied.op() instanceof Op.Multiply
        ? Optional.of(factor(graph, applied))
        : Optional.empty();
  }

  /** The other input of a gate: one number a channel. */
  static int factor(Graph graph, Node gate) {
    int last = gate.inputs().getLast();
    return picture(graph, gate) == last ? gate.inputs().getFirst() : last;
  }
}
