package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds flattened values that may keep the shape of a picture: those that only an fc reads, which
 * flattens its input, perhaps through layers for which the shape does not matter.
 */
record Flattening(Map<Integer, String> obstacles) {

  static Flattening of(Graph graph) {
    Map<Integer, String> obstacles = new HashMap<>();
    graph.outputs().forEach(output -> obstacles.put(output.node(), "it is an output"));
    for (Node reader : graph.nodes().reversed()) {
      for (int place = 0; place < reader.inputs().size(); place++) {
        int read = reader.inputs().get(place);
        obstacle(reader, place, graph, obstacles)
            .ifPresent(why -> obstacles.putIfAbsent(read, why));
      }
    }
    return new Flattening(Map.copyOf(obstacles));
  }

  /** The reason why the value of the node must stay a vector, if there is one. */
  Optional<String> obstacle(Node node) {
    return Optional.ofNullable(obstacles.get(node.id()));
  }

  /** Works backwards: readers come after the nodes that they read, so their obstacles are known. */
  private static Optional<String> obstacle(
      Node reader, int place, Graph graph, Map<Integer, String> obstacles) {
    if (reader.op() instanceof Op.Fc && place == 0) {
      return Optional.empty();
    }
    if (reader.op() instanceof Op.Activate || Nothing.is(reader, graph)) {
      return Optional.ofNullable(obstacles.get(reader.id()));
    }
    return Optional.of(reader.name() + " reads it and is no fc");
  }
}
