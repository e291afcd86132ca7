package dev.cnnc.compiler.proof;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes a graph that fails smaller, as long as it fails: it ends earlier, begins behind a layer,
 * leaves a layer out, or an input that nothing reads.
 */
final class Shrinking {

  private Shrinking() {}

  /** A graph that fails, and no step from which leads to another that does. */
  static Graph smallest(Graph graph, Predicate<Graph> fails) {
    Graph smallest = graph;
    for (Optional<Graph> next = Optional.of(graph); next.isPresent(); ) {
      smallest = next.get();
      next = smaller(smallest).filter(fails).findFirst();
    }
    return smallest;
  }

  /** What takes most away comes first. */
  private static Stream<Graph> smaller(Graph graph) {
    List<Node> layers =
        graph.nodes().stream().filter(node -> !(node.op() instanceof Op.Input)).toList();
    Stream<Change> ends =
        layers.stream()
            .filter(layer -> graph.outputs().size() > 1 || layer.id() < graph.nodes().size() - 1)
            .map(Change::endingAt);
    Stream<Change> behind =
        layers.reversed().stream()
            .filter(layer -> graph.outputs().stream().noneMatch(out -> out.node() == layer.id()))
            .map(Change::beginningBehind);
    Stream<Change> unread = graph.inputs().stream().map(Change::dropping);
    Stream<Change> without =
        layers.stream()
            .flatMap(
                layer ->
                    layer.inputs().stream()
                        .filter(input -> graph.node(input).shape().equals(layer.shape()))
                        .map(input -> Change.without(layer, input)));
    return Stream.of(Stream.of(Change.READ), ends, behind, without, unread)
        .flatMap(each -> each)
        .map(change -> change.of(graph))
        .filter(each -> !each.inputs().isEmpty())
        .filter(each -> each.nodes().size() > each.inputs().size())
        .filter(each -> size(each) < size(graph));
  }

  /** An input in the place of a layer is a step too. */
  private static int size(Graph graph) {
    return 2 * graph.nodes().size() - graph.inputs().size() + graph.outputs().size();
  }

  /**
   * One step.
   *
   * @param end the only output, if not those of the graph
   * @param instead what a layer's readers read in its place
   * @param opened a layer that becomes an input, or -1
   * @param kept whether an input stays that nothing reads
   */
  private record Change(
      Optional<Integer> end, Map<Integer, Integer> instead, int opened, IntPredicate kept) {

    static final Change READ = new Change(Optional.empty(), Map.of(), -1, _ -> false);

    static Change endingAt(Node layer) {
      return new Change(Optional.of(layer.id()), Map.of(), -1, _ -> true);
    }

    static Change beginningBehind(Node layer) {
      return new Change(Optional.empty(), Map.of(), layer.id(), _ -> true);
    }

    static Change without(Node layer, int input) {
      return new Change(Optional.empty(), Map.of(layer.id(), input), -1, _ -> true);
    }

    static Change dropping(Node input) {
      return new Change(Optional.empty(), Map.of(), -1, id -> id != input.id());
    }

    Graph of(Graph graph) {
      List<Graph.Output> outputs =
          end.map(id -> List.of(new Graph.Output(graph.node(id).name(), id)))
              .orElse(graph.outputs());
      Map<Integer, Integer> places = new HashMap<>();
      List<Node> nodes = new ArrayList<>();
      for (Node node : order(graph, read(graph, outputs))) {
        boolean input = isInput(node);
        places.put(node.id(), nodes.size());
        nodes.add(
            new Node(
                nodes.size(),
                node.name(),
                input ? new Op.Input() : node.op(),
                input
                    ? Collections.emptyList()
                    : node.inputs().stream().map(in -> places.get(place(in))).toList(),
                node.shape(),
                node.origin()));
      }
      return new Graph(
          graph.name(),
          nodes,
          outputs.stream()
              .map(output -> new Graph.Output(output.name(), places.get(place(output.node()))))
              .toList());
    }

    private BitSet read(Graph graph, List<Graph.Output> outputs) {
      BitSet read = new BitSet();
      outputs.forEach(output -> read.set(place(output.node())));
      for (int id = graph.nodes().size() - 1; id >= 0; id--) {
        if (read.get(id) && id != opened) {
          graph.node(id).inputs().forEach(in -> read.set(place(in)));
        }
        if (graph.node(id).op() instanceof Op.Input && kept.test(id)) {
          read.set(id);
        }
      }
      return read;
    }

    /** Inputs first. */
    private List<Node> order(Graph graph, BitSet read) {
      List<Node> inputs = new ArrayList<>();
      List<Node> layers = new ArrayList<>();
      graph.nodes().stream()
          .filter(node -> read.get(node.id()))
          .forEach(node -> (isInput(node) ? inputs : layers).add(node));
      inputs.addAll(layers);
      return inputs;
    }

    private boolean isInput(Node node) {
      return node.op() instanceof Op.Input || node.id() == opened;
    }

    private int place(int id) {
      return instead.getOrDefault(id, id);
    }
  }
}
