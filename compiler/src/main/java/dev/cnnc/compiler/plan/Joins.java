package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.runtime.weights.Tile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which values are written straight into their part of a concat, so that joining costs nothing.
 *
 * <p>A value lies in one concat at most; in any other it is copied. Vectors are stored whole, so a
 * part begins at a multiple of 16 channels, and only the last may end elsewhere.
 */
record Joins(Map<Integer, Part> parts) {

  /**
   * A place in a concat.
   *
   * @param concat its node
   * @param channel the first of the part
   */
  record Part(int concat, int channel) {}

  Joins {
    parts = Map.copyOf(parts);
  }

  /** The last concats first: what is joined again is joined where it ends up. */
  static Joins of(Graph graph) {
    Map<Integer, Part> parts = new HashMap<>();
    for (Node node : graph.nodes().reversed()) {
      if (node.op() instanceof Op.Concat) {
        place(graph, node, parts);
      }
    }
    return new Joins(parts);
  }

  private static void place(Graph graph, Node concat, Map<Integer, Part> parts) {
    List<Integer> inputs = concat.inputs();
    int channel = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Node input = graph.node(inputs.get(i));
      int channels = input.shape().channels();
      boolean last = i == inputs.size() - 1;
      boolean whole = channel % Tile.OUTPUTS == 0 && (last || channels % Tile.OUTPUTS == 0);
      // The caller's picture is dense, a slice lies in its input, and neither can move.
      boolean fixed = input.op() instanceof Op.Input || input.op() instanceof Op.Slice;
      if (whole && !fixed) {
        parts.putIfAbsent(input.id(), new Part(concat.id(), channel));
      }
      channel += channels;
    }
  }

  /** The place of a value in the outermost concat that it is part of. */
  Optional<Part> outermost(int node) {
    Part part = parts.get(node);
    if (part == null) {
      return Optional.empty();
    }
    int channel = part.channel();
    int concat = part.concat();
    for (Part outer = parts.get(concat); outer != null; outer = parts.get(concat)) {
      channel += outer.channel();
      concat = outer.concat();
    }
    return Optional.of(new Part(concat, channel));
  }
}
