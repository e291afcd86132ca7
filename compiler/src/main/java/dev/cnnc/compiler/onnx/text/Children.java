package dev.cnnc.compiler.onnx.text;

import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Walks through expressions, and the statements around them. */
final class Children {

  private Children() {}

  /** The same expression around other children. */
  static Ast.Expression changed(Ast.Expression expression, UnaryOperator<Ast.Expression> change) {
    return switch (expression) {
      case Ast.Chain it -> new Ast.Chain(all(it.steps(), change), it.span());
      case Ast.Labelled it -> new Ast.Labelled(it.label(), change.apply(it.step()), it.span());
      case Ast.Choice it ->
          new Ast.Choice(
              change.apply(it.condition()),
              change.apply(it.then()),
              it.otherwise().map(change),
              it.span());
      case Ast.Unary it -> new Ast.Unary(it.operator(), change.apply(it.operand()), it.span());
      case Ast.Binary it ->
          new Ast.Binary(
              it.operator(), change.apply(it.left()), change.apply(it.right()), it.span());
      case Ast.Call it ->
          new Ast.Call(it.name(), it.arguments().map(each -> all(each, change)), it.span());
      case Ast.Bracket it -> new Ast.Bracket(all(it.elements(), change), it.span());
      case Ast.Size _, Ast.Int _, Ast.Real _, Ast.Text _ -> expression;
    };
  }

  /** The same statement around another body; a pipeline stays if that is no chain. */
  static Ast.Statement changed(Ast.Statement statement, UnaryOperator<Ast.Expression> change) {
    return switch (statement) {
      case Ast.Definition it ->
          new Ast.Definition(
              it.part(), it.name(), it.parameters(), change.apply(it.body()), it.span());
      case Ast.Value it ->
          new Ast.Value(it.output(), it.name(), change.apply(it.body()), it.span());
      case Ast.Pipeline it ->
          change.apply(it.body()) instanceof Ast.Chain chain
              ? new Ast.Pipeline(chain, it.span())
              : it;
      case Ast.Title _,
          Ast.Use _,
          Ast.Input _,
          Ast.Weights _,
          Ast.Labels _,
          Ast.Preprocess _,
          Ast.Answer _,
          Ast.Budget _,
          Ast.Exact _ ->
          statement;
    };
  }

  private static List<Ast.Expression> all(
      List<Ast.Expression> expressions, UnaryOperator<Ast.Expression> change) {
    return expressions.stream().map(change).toList();
  }

  /** The children themselves. */
  static List<Ast.Expression> of(Ast.Expression expression) {
    List<Ast.Expression> children = new ArrayList<>();
    changed(
        expression,
        child -> {
          children.add(child);
          return child;
        });
    return children;
  }
}
