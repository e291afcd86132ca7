package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.ClauseSyntax;
import dev.cnnc.compiler.lower.GraphPrinter;
import dev.cnnc.compiler.lower.Lowered;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.lower.Syntax;
import dev.cnnc.compiler.lower.ValueNames;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Printer;
import dev.cnnc.dsl.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a network as a readable file: a chain if it is one, branches in combinators, modules as
 * labelled groups, and blocks for repeated modules.
 *
 * <p>Invariant: the text is canonical; parsed and lowered it gives the same layers with the same
 * names of tensors. This is checked. If it does not hold, the graph is printed without structure.
 */
public final class NetworkText {

  private final Graph graph;
  private final ValueNames names = new ValueNames();
  private final Map<Integer, String> values = new HashMap<>();
  private final BodyText text;

  private NetworkText(Graph graph) {
    this.graph = graph;
    this.text = new BodyText(new LayerText(graph));
  }

  /**
   * The text of a network.
   *
   * @param weights the file with its tensors
   * @throws UnreadableText if it would not be read as this network, which is a fault of ours
   */
  public static String of(Network network, Optional<String> weights) {
    String text = structured(network, weights);
    if (fault(text, network.graph()).isEmpty()) {
      return text;
    }
    String plain = GraphPrinter.print(network, weights).text();
    fault(plain, network.graph())
        .ifPresent(
            problem -> {
              throw new UnreadableText(problem);
            });
    return plain;
  }

  /** Why a text is not read as this graph. */
  private static Optional<String> fault(String text, Graph graph) {
    Lowered again = Lowering.lower(Parser.parse(new Source("text", text)), Path.of(""));
    if (again.network().isEmpty()) {
      return Optional.of(again.diagnostics().getFirst().message());
    }
    return SameNetwork.is(graph, again.network().get().graph())
        ? Optional.empty()
        : Optional.of("it says another network");
  }

  /** The text without the check. */
  static String structured(Network network, Optional<String> weights) {
    return new NetworkText(network.graph()).print(network, weights);
  }

  private String print(Network network, Optional<String> weights) {
    graph.outputs().stream()
        .map(Graph.Output::name)
        .filter(name -> !name.equals(OutputText.UNNAMED))
        .forEach(names::take);
    List<String> inputs = inputs(network);
    for (int i = 0; i < inputs.size(); i++) {
      name(i, inputs.get(i));
    }
    List<Structure.Chain> chains = new ArrayList<>();
    for (Structure.Chain chain : Structure.of(graph)) {
      chains.add(new Structure.Chain(chain.node(), Scopes.of(chain.steps(), "")));
    }
    List<Ast.Statement> statements =
        new ArrayList<>(ClauseSyntax.statements(network, inputs, weights));
    statements.addAll(
        new Blocks(text, names).find(chains.stream().map(Structure.Chain::steps).toList()));
    statements.addAll(new OutputText(graph, text, names, values).statements(chains));
    List<Ast.Statement> broken =
        Inlining.of(statements).stream()
            .map(each -> Children.changed(each, Lines::broken))
            .toList();
    return Printer.print(new Ast.Network(broken, List.of(), Syntax.NOWHERE));
  }

  private void name(int node, String name) {
    values.put(node, name);
    text.name(node, name);
  }

  /** Usual names of models for the only input, which say nothing, become {@code image}. */
  private List<String> inputs(Network network) {
    List<Network.Input> inputs = network.inputs();
    return inputs.stream()
        .map(Network.Input::name)
        .map(name -> inputs.size() == 1 && name.matches("input|x|data|") ? "image" : name)
        .map(names::give)
        .toList();
  }
}
