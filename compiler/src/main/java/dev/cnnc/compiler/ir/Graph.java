package dev.cnnc.compiler.ir;

import java.util.List;

/**
 * A network: an acyclic graph of nodes in an order in which they can run.
 *
 * <p>Invariant, checked by {@code GraphVerifier} after lowering and after every pass: ids are the
 * places in the list, what a node reads comes before it, the {@link Op.Input}s come first and there
 * is one at least, names are unique, every shape is what its op's signature says.
 *
 * @param name the network's
 * @param outputs at least one, in the order of the text
 */
public record Graph(String name, List<Node> nodes, List<Output> outputs) {

  /** A value that the caller gets, and its name. */
  public record Output(String name, int node) {}

  public Graph {
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }

  public Node node(int id) {
    return nodes.get(id);
  }

  /** The inputs of the network, in the order of the file. */
  public List<Node> inputs() {
    return nodes.stream().takeWhile(node -> node.op() instanceof Op.Input).toList();
  }

  /** Shapes of what {@code node} reads, in order. */
  public List<Shape> inputShapes(Node node) {
    return node.inputs().stream().map(id -> node(id).shape()).toList();
  }

  /** Of all values together, if each were kept; a slice lies in its input. */
  public long elements() {
    return nodes.stream()
        .filter(node -> !(node.op() instanceof Op.Slice))
        .mapToLong(node -> node.shape().size())
        .sum();
  }
}
