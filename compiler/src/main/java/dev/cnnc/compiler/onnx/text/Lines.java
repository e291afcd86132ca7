package dev.cnnc.compiler.onnx.text;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Printer;
import dev.cnnc.dsl.Source;
import dev.cnnc.dsl.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Breaks long chains before layers with weights, before pools and before combinators, but not
 * before the activations behind them. The printer takes line breaks from the spans.
 */
final class Lines {

  private static final Span BREAK = new Span(new Source("graph", "\n "), 1, 2);

  /** Longest chain on one line. */
  private static final int LONGEST = 84;

  private Lines() {}

  static Ast.Expression broken(Ast.Expression expression) {
    return switch (expression) {
      case Ast.Chain chain -> chain(chain);
      case Ast.Labelled _, Ast.Binary _, Ast.Call _, Ast.Bracket _, Ast.Choice _, Ast.Unary _ ->
          Children.changed(expression, Lines::broken);
      case Ast.Size _, Ast.Int _, Ast.Real _, Ast.Text _ -> expression;
    };
  }

  private static Ast.Expression chain(Ast.Chain chain) {
    boolean tooLong = Printer.print((Ast.Expression) chain).length() > LONGEST;
    List<Ast.Expression> steps = new ArrayList<>();
    for (Ast.Expression step : chain.steps()) {
      Ast.Expression inner = broken(step);
      steps.add(tooLong && !steps.isEmpty() && begins(step) ? placed(inner) : inner);
    }
    return new Ast.Chain(steps, chain.span());
  }

  private static boolean begins(Ast.Expression step) {
    return !(step instanceof Ast.Call call)
        || Optional.of(call.name().text())
            .filter(name -> call.arguments().isEmpty() || name.endsWith("relu"))
            .isEmpty();
  }

  private static Ast.Expression placed(Ast.Expression step) {
    return switch (step) {
      case Ast.Labelled labelled -> new Ast.Labelled(labelled.label(), labelled.step(), BREAK);
      case Ast.Call call -> new Ast.Call(call.name(), call.arguments(), BREAK);
      case Ast.Bracket bracket -> new Ast.Bracket(bracket.elements(), BREAK);
      case Ast.Binary binary ->
          new Ast.Binary(binary.operator(), binary.left(), binary.right(), BREAK);
      case Ast.Chain _, Ast.Choice _, Ast.Unary _, Ast.Size _, Ast.Int _, Ast.Real _, Ast.Text _ ->
          step;
    };
  }
}
