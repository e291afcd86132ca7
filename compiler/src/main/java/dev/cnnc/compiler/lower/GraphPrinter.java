package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Printer;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph as the text of a file.
 *
 * <p>Invariant: parsed and lowered, the text gives the same graph again, node by node and name by
 * name, with parameters stored under the names of their layers. {@link Printed#tensors} tells how
 * to compute those from the tensors of the printed graph.
 */
public final class GraphPrinter {

  private final Graph graph;
  private final List<List<Integer>> readers = new ArrayList<>();
  private final ValueNames names = new ValueNames();
  private final Map<Integer, String> values = new HashMap<>();
  private final List<Ast.Statement> statements = new ArrayList<>();
  private final Map<Integer, Graph.Output> outputs = new HashMap<>();

  /** Whether outputs have the order of their nodes, so that each output can follow its node. */
  private final boolean ordered;

  /**
   * The result of printing.
   *
   * @param text of the file
   * @param tensors every tensor that the text needs
   */
  public record Printed(String text, Map<String, Recipe> tensors) {
    public Printed {
      tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }
  }

  private GraphPrinter(Network network) {
    this.graph = network.graph();
    graph.nodes().forEach(_ -> readers.add(new ArrayList<>()));
    graph.nodes().forEach(n -> n.inputs().forEach(input -> readers.get(input).add(n.id())));
    graph.outputs().forEach(output -> names.take(output.name()));
    graph.outputs().forEach(output -> outputs.put(output.node(), output));
    for (int i = 0; i < network.inputs().size(); i++) {
      values.put(i, names.give(network.inputs().get(i).name()));
    }
    boolean ascending = true;
    for (int i = 1; i < graph.outputs().size(); i++) {
      ascending &= graph.outputs().get(i - 1).node() < graph.outputs().get(i).node();
    }
    this.ordered = ascending;
  }

  /**
   * The text of {@code network}.
   *
   * @param weights the file that will contain {@link Printed#tensors}; if empty, the text has no
   *     weights clause
   */
  public static Printed print(Network network, Optional<String> weights) {
    GraphPrinter printer = new GraphPrinter(network);
    List<String> inputs =
        network.graph().inputs().stream().map(input -> printer.value(input.id())).toList();
    printer.statements.addAll(ClauseSyntax.statements(network, inputs, weights));
    printer.body();
    String text = Printer.print(new Ast.Network(printer.statements, List.of(), Syntax.NOWHERE));
    Map<String, Recipe> tensors = new LinkedHashMap<>();
    network.graph().nodes().forEach(n -> tensors.putAll(Tensors.byName(n.name(), n.op())));
    return new Printed(text, tensors);
  }

  /** Writes one statement for every chain of nodes without other readers. */
  private void body() {
    int inputs = graph.inputs().size();
    for (int input = 0; input < inputs; input++) {
      outputs(input);
    }
    List<Ast.Expression> chain = new ArrayList<>();
    for (int id = inputs; id < graph.nodes().size(); id++) {
      Node node = graph.node(id);
      if (chain.isEmpty() && flowsIn(node.op())) {
        chain.add(Syntax.word(value(node.inputs().getFirst())));
      }
      chain.add(step(node));
      if (!flowsOn(node)) {
        end(node, chain);
        chain = new ArrayList<>();
      }
    }
    if (!ordered) {
      graph.outputs().forEach(this::output);
    }
  }

  private Ast.Expression step(Node node) {
    List<Ast.Expression> inputs = new ArrayList<>();
    for (int i = flowsIn(node.op()) ? 1 : 0; i < node.inputs().size(); i++) {
      inputs.add(Syntax.word(value(node.inputs().get(i))));
    }
    return Syntax.labelled(node.name(), call(graph, readers.get(node.id()), node, inputs));
  }

  /**
   * The call that lowers to a node.
   *
   * @param reading nodes that read the node
   * @param inputs the values that it reads; a layer omits the first, which is its input
   */
  public static Ast.Call call(
      Graph graph, List<Integer> reading, Node node, List<Ast.Expression> inputs) {
    boolean flat =
        !node.inputs().isEmpty() && graph.node(node.inputs().getFirst()).shape().isVector();
    return OpSyntax.call(node.op(), inputs, isBiased(graph, reading, node), flat);
  }

  /** Whether the language gives the node a bias by default. */
  private static boolean isBiased(Graph graph, List<Integer> reading, Node node) {
    return !(node.op() instanceof Op.Conv conv
        && !conv.isFc()
        && reading.size() == 1
        && graph.node(reading.getFirst()).op() instanceof Op.BatchNorm
        && graph.outputs().stream().noneMatch(output -> output.node() == node.id()));
  }

  /** Whether the next node is the only reader of this node and has it as its input. */
  private boolean flowsOn(Node node) {
    int next = node.id() + 1;
    return readers.get(node.id()).equals(List.of(next))
        && flowsIn(graph.node(next).op())
        && graph.node(next).inputs().getFirst() == node.id()
        && !isOutput(node);
  }

  /** Whether the first input of the op is the value of the chain, not a branch. */
  public static boolean flowsIn(Op op) {
    return switch (op) {
      case Op.Source _, Op.ManyInputs _ -> false;
      case Computation computation -> computation.inputs(1) == 1;
      case Op.Weighted _, Op.OneInput _, Rearrangement _ -> true;
    };
  }

  private boolean isOutput(Node node) {
    return outputs.containsKey(node.id());
  }

  /** The statement that ends with {@code node}. */
  private void end(Node node, List<Ast.Expression> chain) {
    Ast.Expression body =
        chain.size() == 1 ? chain.getFirst() : new Ast.Chain(List.copyOf(chain), Syntax.NOWHERE);
    Optional<String> output =
        Optional.ofNullable(ordered ? outputs.get(node.id()) : null).map(Graph.Output::name);
    boolean named = output.isPresent() && !output.get().equals(Statements.UNNAMED);
    if (named) {
      values.put(node.id(), output.get());
    }
    if (output.isPresent()
        && !named
        && readers.get(node.id()).isEmpty()
        && body instanceof Ast.Chain whole
        && whole.steps().getFirst() instanceof Ast.Call) {
      statements.add(new Ast.Pipeline(whole, Syntax.NOWHERE));
      return;
    }
    Ast.Name name = Syntax.name(named ? output.get() : value(node.id()));
    statements.add(new Ast.Value(named, name, body, Syntax.NOWHERE));
    if (!named) {
      outputs(node.id());
    }
  }

  private void outputs(int node) {
    Graph.Output output = outputs.get(node);
    if (ordered && output != null) {
      output(output);
    }
  }

  /** Writes an output of a value that already has a statement. */
  private void output(Graph.Output output) {
    Ast.Expression value = Syntax.word(value(output.node()));
    statements.add(
        output.name().equals(Statements.UNNAMED)
            ? new Ast.Pipeline(
                new Ast.Chain(List.of(value, Syntax.word("identity")), Syntax.NOWHERE),
                Syntax.NOWHERE)
            : new Ast.Value(true, Syntax.name(output.name()), value, Syntax.NOWHERE));
  }

  private String value(int node) {
    return values.computeIfAbsent(node, id -> names.give(graph.node(id).name()));
  }
}
