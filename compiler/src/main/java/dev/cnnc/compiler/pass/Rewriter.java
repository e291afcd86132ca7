package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Origin;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Builds a graph from an older one, node by node in the old order.
 *
 * <p>Invariant of the result: ids are positions, inputs come before their readers, and no node is
 * dead except perhaps an input. A rule must give each old node a new value. The ids that a rule
 * uses are old ids, except inside a {@link #producer}.
 */
final class Rewriter {

  /**
   * The action of a pass on one node. It must call exactly one of the methods below for the node.
   */
  interface Rule {
    void rewrite(Node node, Rewriter to);
  }

  private final Graph old;
  private final int[] readers;
  private final int[] places;
  private final List<Node> made = new ArrayList<>();

  private Rewriter(Graph old) {
    this.old = old;
    this.readers = new int[old.nodes().size()];
    this.places = new int[old.nodes().size()];
    for (Node node : old.nodes()) {
      node.inputs().forEach(read -> readers[read]++);
    }
  }

  static Graph rewrite(Graph graph, Rule rule) {
    Rewriter to = new Rewriter(graph);
    graph.nodes().forEach(node -> rule.rewrite(node, to));
    return to.living();
  }

  /** The new node that computes the value of an old node. */
  Node producer(int id) {
    return made.get(places[id]);
  }

  /** The number of reads of the value of an old node in the old graph. */
  int readers(int id) {
    return readers[id];
  }

  /** Whether exactly one node reads the value of an old node, and the value is not an output. */
  boolean isReadOnce(int id) {
    return readers[id] == 1 && !isOutput(id);
  }

  boolean isOutput(int id) {
    return old.outputs().stream().anyMatch(output -> output.node() == id);
  }

  void keep(Node node) {
    replace(node, node.op(), node.shape());
  }

  /** Replaces the op and keeps the inputs. */
  void replace(Node node, Op op, Shape shape) {
    replace(node, op, shape, node.inputs());
  }

  /** Replaces the op and reads one of the inputs. */
  void replace(Node node, Op op, int input) {
    replace(node, op, node.shape(), List.of(input));
  }

  /** Replaces the op, its shape and its inputs. */
  void replace(Node node, Op op, Shape shape, List<Integer> read) {
    List<Integer> inputs = read.stream().map(id -> places[id]).toList();
    make(node, new Node(made.size(), node.name(), op, inputs, shape, node.origin()));
  }

  /** Replaces the node by a value that needs no input. */
  void constant(Node node, Recipe value) {
    Op op = new Op.Learned(value);
    make(node, new Node(made.size(), node.name(), op, List.of(), node.shape(), node.origin()));
  }

  /** Removes the node; its readers read {@code id} instead. */
  void forward(Node node, int id) {
    places[node.id()] = places[id];
  }

  /** Fuses the node into the producer, which moves to the place of the node. */
  void fuse(Node node, Node producer, Op op, int... more) {
    List<Integer> inputs =
        Stream.concat(producer.inputs().stream(), IntStream.of(more).mapToObj(id -> places[id]))
            .toList();
    Origin origin = producer.origin().taking(node);
    make(node, new Node(made.size(), producer.name(), op, inputs, node.shape(), origin));
  }

  /** Adds a node without a counterpart in the old graph, with the inputs of {@code like}. */
  Node extra(String name, Node like, Op op, Shape shape) {
    List<Integer> inputs = like.inputs().stream().map(id -> places[id]).toList();
    Node extra = new Node(made.size(), name, op, inputs, shape, like.origin());
    made.add(extra);
    return extra;
  }

  /** Replaces the node by {@code op} on a new node. */
  void read(Node node, Op op, Node extra) {
    make(
        node,
        new Node(made.size(), node.name(), op, List.of(extra.id()), node.shape(), node.origin()));
  }

  private void make(Node node, Node replacement) {
    places[node.id()] = replacement.id();
    made.add(replacement);
  }

  /** Drops nodes that no output needs and renumbers the rest. */
  private Graph living() {
    boolean[] alive = new boolean[made.size()];
    old.inputs().forEach(input -> alive[places[input.id()]] = true);
    old.outputs().forEach(output -> alive[places[output.node()]] = true);
    for (int id = made.size() - 1; id >= 0; id--) {
      if (alive[id]) {
        made.get(id).inputs().forEach(read -> alive[read] = true);
      }
    }
    int[] numbers = new int[made.size()];
    List<Node> nodes = new ArrayList<>();
    for (Node node : made) {
      if (alive[node.id()]) {
        numbers[node.id()] = nodes.size();
        nodes.add(
            new Node(
                nodes.size(),
                node.name(),
                node.op(),
                node.inputs().stream().map(id -> numbers[id]).toList(),
                node.shape(),
                node.origin()));
      }
    }
    return new Graph(
        old.name(),
        nodes,
        old.outputs().stream()
            .map(output -> new Graph.Output(output.name(), numbers[places[output.node()]]))
            .toList());
  }
}
