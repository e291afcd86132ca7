package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.lower.GraphPrinter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds chains and branches in a graph. A value with several readers is the input of a combinator
 * if all its branches meet there; otherwise it needs a name.
 *
 * <p>Invariant: every node that an output needs is in exactly one chain.
 */
final class Structure {

  private static final int NOWHERE = -1;

  /** Deepest nesting of branches, for readers and for the parser. */
  private static final int DEEPEST = 24;

  /** Most rounds of the search for branches; a network that needs more is printed without them. */
  private static final int MOST_ROUNDS = 32;

  private final Graph graph;
  private final Set<Integer> outputs = new HashSet<>();

  /** Values with a name; chains begin with them. */
  private final TreeSet<Integer> named = new TreeSet<>();

  private int[] forks = new int[0];
  private int[] depths = new int[0];
  private final Set<Integer> seen = new HashSet<>();
  private final Set<Integer> twice = new HashSet<>();

  /** A chain whose end is a value with a name, an output or both. */
  record Chain(int node, List<Step> steps) {
    public Chain {
      steps = List.copyOf(steps);
    }
  }

  private Structure(Graph graph) {
    this.graph = graph;
    graph.inputs().forEach(input -> named.add(input.id()));
    graph.outputs().forEach(output -> outputs.add(output.node()));
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(outputs::contains)) {
        node.inputs().stream().filter(outputs::contains).forEach(named::add);
      }
    }
  }

  /** The chains in an order in which each value is defined before it is read. */
  static List<Chain> of(Graph graph) {
    Structure structure = new Structure(graph);
    for (int round = 0; ; round++) {
      List<Chain> chains = structure.chains();
      if (structure.twice.isEmpty()) {
        return chains;
      }
      structure.named.addAll(round < MOST_ROUNDS ? structure.twice : structure.knots());
    }
  }

  /** Values that are joined or read twice. If all of them have names, only chains remain. */
  private Set<Integer> knots() {
    Set<Integer> read = new HashSet<>();
    Set<Integer> knots = new TreeSet<>(twice);
    for (Node node : graph.nodes()) {
      node.inputs().stream().filter(input -> !read.add(input)).forEach(knots::add);
      if (!GraphPrinter.flowsIn(node.op())) {
        knots.add(node.id());
      }
    }
    return knots;
  }

  private List<Chain> chains() {
    seen.clear();
    twice.clear();
    findForks();
    Set<Integer> ends = new TreeSet<>(named);
    ends.addAll(outputs);
    graph.inputs().forEach(input -> ends.remove(input.id()));
    List<Chain> chains = new ArrayList<>();
    for (int end : ends) {
      chains.add(new Chain(end, chain(NOWHERE, end, 0)));
    }
    return chains;
  }

  /** Finds for each node its nearest dominator after the last named value. */
  private void findForks() {
    forks = new int[graph.nodes().size()];
    depths = new int[graph.nodes().size()];
    for (Node node : graph.nodes()) {
      Optional<Integer> common = Optional.empty();
      for (int input : node.inputs()) {
        int from = isSource(input) ? NOWHERE : input;
        boolean decides = from != NOWHERE || GraphPrinter.flowsIn(node.op());
        if (decides) {
          common = Optional.of(common.isPresent() ? meet(common.get(), from) : from);
        }
      }
      int fork = common.orElse(NOWHERE);
      forks[node.id()] = fork;
      depths[node.id()] = fork == NOWHERE ? 1 : depths[fork] + 1;
    }
  }

  private int meet(int a, int b) {
    int one = a;
    int other = b;
    while (one != other) {
      if (one == NOWHERE || other == NOWHERE) {
        return NOWHERE;
      }
      if (depths[one] >= depths[other]) {
        one = forks[one];
      } else {
        other = forks[other];
      }
    }
    return one;
  }

  private boolean isSource(int node) {
    return named.contains(node) || graph.node(node).op() instanceof Op.Learned;
  }

  /**
   * The steps after one value up to another.
   *
   * @param depth number of enclosing combinators; 0 for a chain of the file
   */
  private List<Step> chain(int from, int to, int depth) {
    List<Step> steps = new ArrayList<>();
    int id = to;
    while (id != from) {
      Node node = graph.node(id);
      boolean end = depth == 0 && id == to;
      if (!end && named.contains(id)) {
        steps.addFirst(new Step.Source(id));
        break;
      }
      if (!seen.add(id)) {
        twice.add(id);
        break;
      }
      if (node.op() instanceof Op.Learned) {
        steps.addFirst(new Step.Learned(node));
        break;
      }
      if (GraphPrinter.flowsIn(node.op())) {
        steps.addFirst(new Step.Layer(node));
        id = node.inputs().getFirst();
      } else if (depth == DEEPEST) {
        twice.add(id);
        break;
      } else {
        int fork = forks[id];
        steps.addFirst(join(node, fork, depth + 1));
        if (fork == NOWHERE) {
          break;
        }
        id = fork;
      }
    }
    return steps;
  }

  private Step join(Node node, int fork, int depth) {
    List<List<Step>> branches = new ArrayList<>();
    for (int input : node.inputs()) {
      branches.add(chain(fork, input, depth));
    }
    return new Step.Join(node, branches);
  }
}
