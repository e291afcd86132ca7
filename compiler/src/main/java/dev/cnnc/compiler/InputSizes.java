package dev.cnnc.compiler;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.compiler.lower.Lowered;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Diagnostic.Severity;
import dev.cnnc.dsl.Parsed;
import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;

/**
 * A file whose input has several sizes: it is lowered once for each, as if it had that one alone.
 *
 * @param input the statement with several shapes
 */
record InputSizes(Parsed parsed, Ast.Input input) {
  private static final String CODE = "E236";

  /**
   * The sizes of a file; empty if its input has one. A second input has its own size, and the first
   * is then refused.
   */
  static Optional<InputSizes> of(Parsed parsed) {
    return inputs(parsed).stream()
        .filter(input -> !input.others().isEmpty())
        .findFirst()
        .map(input -> new InputSizes(parsed, input));
  }

  private static List<Ast.Input> inputs(Parsed parsed) {
    return parsed.network().statements().stream()
        .filter(Ast.Input.class::isInstance)
        .map(Ast.Input.class::cast)
        .toList();
  }

  /**
   * What becomes of all sizes.
   *
   * @param networks one for each size; none if any diagnostic is an error
   */
  record All(List<Network> networks, List<Diagnostic> diagnostics) {
    All {
      networks = List.copyOf(networks);
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /** Lowers every size. What is wrong with all of them is told once. */
  All lower(Lowered first, Function<Parsed, Lowered> lowering) {
    SequencedSet<Diagnostic> diagnostics = new LinkedHashSet<>(first.diagnostics());
    if (inputs(parsed).size() > 1) {
      diagnostics.add(
          problem(
              input.span(),
              "a network of several inputs has one size",
              "give each of its inputs one shape"));
    }
    List<Network> networks = new ArrayList<>();
    first.network().ifPresent(networks::add);
    if (!networks.isEmpty()) {
      for (int i = 0; i < input.others().size(); i++) {
        Lowered next = lowering.apply(with(input.others().get(i)));
        diagnostics.addAll(next.diagnostics());
        next.network().ifPresent(networks::add);
      }
    }
    if (networks.size() == input.others().size() + 1) {
      for (int i = 1; i < networks.size(); i++) {
        compare(networks.subList(0, i), networks.get(i), input.others().get(i - 1).span())
            .ifPresent(diagnostics::add);
      }
    }
    boolean good = diagnostics.stream().noneMatch(each -> each.severity() == Severity.ERROR);
    return new All(good ? networks : List.of(), List.copyOf(diagnostics));
  }

  /** The file with the first of its shapes alone. */
  Parsed first() {
    return with(input.shape());
  }

  private Parsed with(Ast.Expression shape) {
    Ast.Network tree = parsed.network();
    List<Ast.Statement> statements =
        tree.statements().stream()
            .map(
                statement ->
                    statement.equals(input)
                        ? new Ast.Input(input.name(), shape, input.span())
                        : statement)
            .toList();
    return new Parsed(
        new Ast.Network(statements, tree.comments(), tree.span()),
        parsed.damaged(),
        parsed.diagnostics());
  }

  /** What keeps a size out of the class of those before it. */
  private static Optional<Diagnostic> compare(List<Network> before, Network other, Span place) {
    Shape shape = shape(other);
    Network first = before.getFirst();
    if (before.stream().anyMatch(each -> shape(each).equals(shape))) {
      return Optional.of(problem(place, "%s stands there twice".formatted(shape), "remove it"));
    }
    if (shape.channels() != shape(first).channels()) {
      return Optional.of(
          problem(
              place,
              "sizes differ in height and width, but %s and %s differ in channels"
                  .formatted(shape(first), shape),
              "write a network for each"));
    }
    Map<String, Recipe.Stored> known = tensors(first);
    Map<String, Recipe.Stored> own = tensors(other);
    for (Recipe.Stored tensor : own.values()) {
      Recipe.Stored same = known.get(tensor.name());
      if (!tensor.equals(same)) {
        return Optional.of(unlike(tensor, Optional.ofNullable(same), shape, shape(first), place));
      }
    }
    return known.values().stream()
        .filter(tensor -> !own.containsKey(tensor.name()))
        .findFirst()
        .map(tensor -> unlike(tensor, Optional.empty(), shape(first), shape, place));
  }

  private static Diagnostic unlike(
      Recipe.Stored tensor, Optional<Recipe.Stored> other, Shape its, Shape others, Span place) {
    return problem(
        place,
        "all sizes share their tensors, but %s is %s for %s and %s for %s"
            .formatted(
                tensor.name(),
                tensor.shape(),
                its,
                other.map(it -> it.shape().toString()).orElse("missing"),
                others),
        "end in gap before an fc, or write a network for each size");
  }

  private static Shape shape(Network network) {
    return network.graph().node(0).shape();
  }

  private static Map<String, Recipe.Stored> tensors(Network network) {
    Map<String, Recipe.Stored> tensors = new HashMap<>();
    for (Node node : network.graph().nodes()) {
      Tensors.stored(node.op()).forEach(tensor -> tensors.put(tensor.name(), tensor));
    }
    return tensors;
  }

  private static Diagnostic problem(Span place, String message, String help) {
    return new Diagnostic(
        CODE, Severity.ERROR, Optional.of(place), message, List.of(), Optional.of(help));
  }
}
