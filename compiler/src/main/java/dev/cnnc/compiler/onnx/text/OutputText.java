package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.lower.Syntax;
import dev.cnnc.compiler.lower.ValueNames;
import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Statements for chains and outputs. Outputs have the order of the model. An output with other
 * readers, or that occurs twice, becomes a named value first.
 */
record OutputText(Graph graph, BodyText text, ValueNames names, Map<Integer, String> values) {

  static final String UNNAMED = "output";

  List<Ast.Statement> statements(List<Structure.Chain> chains) {
    List<Ast.Statement> statements = new ArrayList<>();
    BodyText.Counter counter = new BodyText.Counter();
    boolean single = graph.outputs().size() == 1;
    for (Structure.Chain chain : chains) {
      Ast.Expression body = text.expression(chain.steps(), "", counter);
      boolean last = chain.node() == chains.getLast().node();
      if (single && last && isOnly(chain.node())) {
        statements.add(output(graph.outputs().getFirst().name(), body));
      } else {
        String name = names.give(graph.node(chain.node()).name());
        values.put(chain.node(), name);
        text.name(chain.node(), name);
        statements.add(new Ast.Value(false, Syntax.name(name), body, Syntax.NOWHERE));
      }
    }
    boolean told = single && isOnly(chains.isEmpty() ? -1 : chains.getLast().node());
    if (!told) {
      graph.outputs().forEach(output -> statements.add(named(output)));
    }
    return statements;
  }

  private boolean isOnly(int node) {
    return graph.outputs().getFirst().node() == node;
  }

  private Ast.Statement named(Graph.Output output) {
    return output(output.name(), Syntax.word(values.getOrDefault(output.node(), "image")));
  }

  private Ast.Statement output(String name, Ast.Expression body) {
    boolean begins =
        body instanceof Ast.Chain chain
            && chain.steps().getFirst() instanceof Ast.Call first
            && first.arguments().isEmpty();
    if (name.equals(UNNAMED) && begins) {
      return new Ast.Pipeline((Ast.Chain) body, Syntax.NOWHERE);
    }
    if (name.equals(UNNAMED) && body instanceof Ast.Call word && word.arguments().isEmpty()) {
      List<Ast.Expression> steps = List.of(word, Syntax.word("identity"));
      return new Ast.Pipeline(new Ast.Chain(steps, Syntax.NOWHERE), Syntax.NOWHERE);
    }
    String written = name.equals(UNNAMED) ? names.give("result") : name;
    return new Ast.Value(true, Syntax.name(written), body, Syntax.NOWHERE);
  }
}
