package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.lower.Syntax;
import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inlines blocks with a single call, which remain when another block replaced the other calls. A
 * label at the call keeps the scope.
 */
final class Inlining {

  private final Map<String, Ast.Definition> once = new HashMap<>();

  private Inlining() {}

  static List<Ast.Statement> of(List<Ast.Statement> statements) {
    Map<String, Integer> calls = new HashMap<>();
    for (Ast.Statement statement : statements) {
      body(statement).ifPresent(body -> count(body, calls, false));
    }
    Inlining inlining = new Inlining();
    for (Ast.Statement statement : statements) {
      if (statement instanceof Ast.Definition it && calls.getOrDefault(it.name().text(), 0) == 1) {
        inlining.once.put(it.name().text(), it);
      }
    }
    List<Ast.Statement> left = new ArrayList<>();
    for (Ast.Statement statement : statements) {
      boolean gone =
          statement instanceof Ast.Definition it && inlining.once.containsKey(it.name().text());
      if (!gone) {
        left.add(Children.changed(statement, inlining::inlined));
      }
    }
    return left;
  }

  private static Optional<Ast.Expression> body(Ast.Statement statement) {
    return switch (statement) {
      case Ast.Definition it -> Optional.of(it.body());
      case Ast.Value it -> Optional.of(it.body());
      case Ast.Pipeline it -> Optional.of(it.body());
      case Ast.Title _,
          Ast.Use _,
          Ast.Input _,
          Ast.Weights _,
          Ast.Labels _,
          Ast.Preprocess _,
          Ast.Answer _,
          Ast.Budget _,
          Ast.Exact _ ->
          Optional.empty();
    };
  }

  /** Counts calls; a call without a label, or a repeated one, counts as several. */
  private static void count(
      Ast.Expression expression, Map<String, Integer> calls, boolean labelled) {
    if (expression instanceof Ast.Call call) {
      calls.merge(call.name().text(), labelled ? 1 : 2, Integer::sum);
    }
    boolean label = expression instanceof Ast.Labelled;
    Children.of(expression).forEach(child -> count(child, calls, label));
  }

  private Ast.Expression inlined(Ast.Expression expression) {
    if (expression instanceof Ast.Call call && once.containsKey(call.name().text())) {
      Ast.Definition definition = once.get(call.name().text());
      Map<String, Ast.Expression> values = new HashMap<>();
      for (int i = 0; i < definition.parameters().size(); i++) {
        values.put(
            definition.parameters().get(i).name().text(),
            call.arguments().orElse(List.of()).get(i));
      }
      return enclosed(inlined(bound(definition.body(), values)));
    }
    return Children.changed(expression, this::inlined);
  }

  /** The body with values in place of parameters. */
  private static Ast.Expression bound(Ast.Expression body, Map<String, Ast.Expression> values) {
    if (body instanceof Ast.Call call && call.arguments().isEmpty()) {
      return values.getOrDefault(call.name().text(), call);
    }
    return product(Children.changed(body, child -> bound(child, values)));
  }

  /** Replaces a product of two numbers by its value. */
  private static Ast.Expression product(Ast.Expression expression) {
    return expression instanceof Ast.Binary binary
            && binary.operator().equals("*")
            && binary.left() instanceof Ast.Int(long left, _)
            && binary.right() instanceof Ast.Int(long right, _)
        ? Syntax.number(left * right)
        : expression;
  }

  private static Ast.Expression enclosed(Ast.Expression body) {
    return body instanceof Ast.Chain || body instanceof Ast.Labelled
        ? new Ast.Bracket(List.of(body), Syntax.NOWHERE)
        : body;
  }
}
