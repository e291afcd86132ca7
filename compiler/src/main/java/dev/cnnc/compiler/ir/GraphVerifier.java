package dev.cnnc.compiler.ir;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks what {@link Graph} promises, after lowering and after every pass.
 *
 * <p>Invariant: a graph that passes can be walked in the order of its list, and every shape in it
 * is the signature's. A broken one is a fault of the compiler, never of the user.
 */
public final class GraphVerifier {

  private GraphVerifier() {}

  /**
   * Returns {@code graph} itself.
   *
   * @throws IllegalStateException if an invariant is broken, naming the node
   */
  public static Graph verify(Graph graph) {
    check(!graph.nodes().isEmpty(), graph, "has no nodes");
    int inputs = graph.inputs().size();
    check(inputs > 0, graph, "has no input");
    Set<String> names = new HashSet<>();
    for (int id = 0; id < graph.nodes().size(); id++) {
      Node node = graph.node(id);
      check(node.id() == id, node, "has id " + node.id() + " at place " + id);
      check(
          !node.name().isEmpty() && names.add(node.name()), node, "has a name that is not its own");
      for (int input : node.inputs()) {
        check(input >= 0 && input < id, node, "reads node " + input + ", which is not before it");
      }
      check(
          node.op() instanceof Op.Input == id < inputs, node, "an input stands behind other nodes");
      shape(graph, node);
    }
    outputs(graph);
    return graph;
  }

  private static void shape(Graph graph, Node node) {
    if (node.op() instanceof Op.Input) {
      Shape shape = node.shape();
      check(
          node.inputs().isEmpty()
              && Signature.make(shape.channels(), shape.height(), shape.width())
                  instanceof Signature.Result.Fits,
          node,
          "cannot be an input of " + shape);
      return;
    }
    switch (Signature.of(node.op(), graph.inputShapes(node))) {
      case Signature.Result.Fits(Shape shape) ->
          check(shape.equals(node.shape()), node, "says " + node.shape() + ", but makes " + shape);
      case Signature.Result.Problem(String message, _) -> check(false, node, message);
    }
  }

  private static void outputs(Graph graph) {
    List<Graph.Output> outputs = graph.outputs();
    check(!outputs.isEmpty(), graph, "has no output");
    Set<String> names = new HashSet<>();
    for (Graph.Output output : outputs) {
      check(
          output.node() >= 0 && output.node() < graph.nodes().size() && names.add(output.name()),
          graph,
          "has a bad output " + output);
    }
  }

  private static void check(boolean good, Node node, String message) {
    if (!good) {
      throw new IllegalStateException(
          "node " + node.id() + " (" + node.name() + ", " + node.op() + ") " + message);
    }
  }

  private static void check(boolean good, Graph graph, String message) {
    if (!good) {
      throw new IllegalStateException("graph " + graph.name() + " " + message);
    }
  }
}
