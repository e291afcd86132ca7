package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.plan.kernel.PlanarConv;
import dev.cnnc.compiler.plan.kernel.PlanarPool;
import dev.cnnc.compiler.plan.kernel.Reading;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which values lie channel by channel, each row by row: those of so few channels that vectors of
 * channels would be nearly empty, and the caller's picture, which comes in this order.
 *
 * <p>Only convs that list what they read find their way through such a value, and planar pools. A
 * planar kernel reads and writes planar values alone.
 */
record Planar(Set<Integer> values) {

  Planar {
    values = Set.copyOf(values);
  }

  static Planar of(Graph graph) {
    Set<Integer> values = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (canWrite(graph, node)) {
        values.add(node.id());
      }
    }
    // One that lies otherwise takes its neighbours along.
    boolean removed;
    do {
      removed = values.removeIf(value -> !fits(graph, graph.node(value), values));
    } while (removed);
    return new Planar(values);
  }

  private static boolean canWrite(Graph graph, Node node) {
    return switch (node.op()) {
      case Op.Input _ -> true;
      case Op.Conv conv -> PlanarConv.fits(conv, graph.inputShapes(node).getFirst(), node.shape());
      case Op.Pool(var _, var window, boolean _, boolean _) ->
          PlanarPool.fits(window, graph.inputShapes(node).getFirst(), node.shape());
      case Op.Learned _, Op.Fc _, Op.OneInput _, Op.ManyInputs _, Computation _, Rearrangement _ ->
          false;
    };
  }

  private static boolean fits(Graph graph, Node node, Set<Integer> values) {
    return (node.op() instanceof Op.Input || values.contains(node.inputs().getFirst()))
        && graph.nodes().stream()
            .filter(reader -> reader.inputs().contains(node.id()))
            .allMatch(reader -> canRead(reader, node, values));
  }

  private static boolean canRead(Node reader, Node node, Set<Integer> values) {
    List<Integer> inputs = reader.inputs();
    return switch (reader.op()) {
      case Op.Conv conv ->
          inputs.lastIndexOf(node.id()) == 0
              && Reading.isListed(conv, node.shape(), reader.shape());
      case Op.Pool _ -> values.contains(reader.id());
      case Op.Source _, Op.Fc _, Op.OneInput _, Op.ManyInputs _, Computation _, Rearrangement _ ->
          false;
    };
  }

  boolean contains(Node node) {
    return values.contains(node.id());
  }
}
