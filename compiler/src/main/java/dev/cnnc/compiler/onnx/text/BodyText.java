package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.lower.Syntax;
import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes steps as syntax, with as few labels as the language's numbering allows.
 *
 * <p>Invariant: after lowering, every layer with tensors has its original name.
 */
final class BodyText {

  private final LayerText layers;
  private final Map<Integer, String> values = new HashMap<>();

  /** Modules that were replaced by calls of blocks. */
  private final IdentityHashMap<Step.Scope, Ast.Call> calls = new IdentityHashMap<>();

  BodyText(LayerText layers) {
    this.layers = layers;
  }

  /** Sets the name of a value. */
  void name(int node, String name) {
    values.put(node, name);
  }

  void replace(Step.Scope module, Ast.Call call) {
    calls.put(module, call);
  }

  /** The number of the next step without a label. */
  static final class Counter {
    private int next;
  }

  /** A chain or its only step; names begin with the prefix. */
  Ast.Expression expression(List<Step> chain, String prefix, Counter counter) {
    List<Ast.Expression> steps = Repeats.of(steps(chain, prefix, counter));
    return switch (steps.size()) {
      case 0 -> Syntax.word("identity");
      case 1 -> steps.getFirst();
      default -> new Ast.Chain(steps, Syntax.NOWHERE);
    };
  }

  List<Ast.Expression> steps(List<Step> chain, String prefix, Counter counter) {
    List<Ast.Expression> steps = new ArrayList<>();
    chain.forEach(step -> steps.add(step(step, prefix, counter)));
    return steps;
  }

  private Ast.Expression step(Step step, String prefix, Counter counter) {
    return switch (step) {
      case Step.Source(int node) -> Syntax.word(values.getOrDefault(node, "image"));
      case Step.Learned(Node node) -> learned(node, prefix);
      case Step.Layer(Node node) -> layer(node, prefix, counter);
      case Step.Join(Node node, List<List<Step>> branches) -> {
        List<Ast.Expression> written = new ArrayList<>();
        branches.forEach(branch -> written.add(branch(expression(branch, prefix, counter))));
        boolean alone = branches.size() == 1 && branches.getFirst().isEmpty();
        yield layers.call(node, alone ? List.of() : written);
      }
      case Step.Scope scope -> module(scope, prefix, counter);
    };
  }

  /** A branch; a chain in a list gets brackets for readability. */
  private static Ast.Expression branch(Ast.Expression branch) {
    return branch instanceof Ast.Chain ? group(branch) : branch;
  }

  private static Ast.Expression group(Ast.Expression inner) {
    return new Ast.Bracket(List.of(inner), Syntax.NOWHERE);
  }

  private Ast.Expression learned(Node node, String prefix) {
    return Syntax.labelled(node.name().substring(prefix.length()), layers.call(node, List.of()));
  }

  private Ast.Expression layer(Node node, String prefix, Counter counter) {
    Ast.Call call = layers.call(node, List.of());
    return Weights.of(node)
        ? labelled(node.name().substring(prefix.length()), call, counter)
        : counted(call, counter);
  }

  private static Ast.Expression counted(Ast.Call call, Counter counter) {
    counter.next++;
    return call;
  }

  /** Adds a label, unless it is the number that the step would get without one. */
  private static Ast.Expression labelled(String label, Ast.Expression step, Counter counter) {
    Optional<Integer> number = number(label);
    boolean said = number.isPresent() && number.get() == counter.next;
    number.ifPresent(it -> counter.next = it + 1);
    return said ? step : Syntax.labelled(label, step);
  }

  private static Optional<Integer> number(String label) {
    return label.matches("0|[1-9][0-9]{0,6}")
        ? Optional.of(Integer.parseInt(label))
        : Optional.empty();
  }

  private Ast.Expression module(Step.Scope scope, String prefix, Counter counter) {
    Ast.Call call = calls.get(scope);
    if (call != null) {
      return labelled(scope.label(), call, counter);
    }
    number(scope.label()).ifPresent(it -> counter.next = it + 1);
    return Syntax.labelled(scope.label(), enclosed(body(scope, prefix)));
  }

  /** A combinator or repetition can have a label as it is. */
  private static Ast.Expression enclosed(Ast.Expression body) {
    return body instanceof Ast.Call || body instanceof Ast.Binary ? body : group(body);
  }

  /** The body of a module, without its label. */
  Ast.Expression body(Step.Scope scope, String prefix) {
    return expression(scope.steps(), prefix + scope.label() + ".", new Counter());
  }
}
