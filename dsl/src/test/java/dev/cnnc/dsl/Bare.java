package dev.cnnc.dsl;

import java.util.List;

/** Trees without their places, so that they can be compared. */
final class Bare {

  static final Span NOWHERE = new Span(new Source("", ""), 0, 0);

  private Bare() {}

  static Ast.Network of(Ast.Network network) {
    List<Ast.Statement> statements = network.statements().stream().map(Bare::of).toList();
    return new Ast.Network(statements, List.of(), NOWHERE);
  }

  static Ast.Statement of(Ast.Statement statement) {
    return switch (statement) {
      case Ast.Title title ->
          new Ast.Title(of(title.name()), title.description().map(Bare::of), NOWHERE);
      case Ast.Use use -> new Ast.Use(of(use.file()), NOWHERE);
      case Ast.Input input ->
          new Ast.Input(
              of(input.name()),
              of(input.shape()),
              input.others().stream().map(Bare::of).toList(),
              NOWHERE);
      case Ast.Weights weights ->
          new Ast.Weights(of(weights.origin()), weights.storage().map(Bare::of), NOWHERE);
      case Ast.Labels labels -> new Ast.Labels(of(labels.list()), NOWHERE);
      case Ast.Preprocess preprocess ->
          new Ast.Preprocess(
              preprocess.input().map(Bare::of),
              preprocess.settings().stream()
                  .map(one -> new Ast.Setting(of(one.name()), one.value().map(Bare::of), NOWHERE))
                  .toList(),
              NOWHERE);
      case Ast.Answer answer ->
          new Ast.Answer(
              of(answer.kind()),
              answer.settings().stream()
                  .map(one -> new Ast.Setting(of(one.name()), one.value().map(Bare::of), NOWHERE))
                  .toList(),
              NOWHERE);
      case Ast.Budget budget ->
          new Ast.Budget(budget.limits().stream().map(Bare::of).toList(), NOWHERE);
      case Ast.Exact _ -> new Ast.Exact(NOWHERE);
      case Ast.Definition definition ->
          new Ast.Definition(
              definition.part(),
              of(definition.name()),
              definition.parameters().stream()
                  .map(
                      one ->
                          new Ast.Parameter(of(one.name()), one.byDefault().map(Bare::of), NOWHERE))
                  .toList(),
              of(definition.body()),
              NOWHERE);
      case Ast.Value value ->
          new Ast.Value(value.output(), of(value.name()), of(value.body()), NOWHERE);
      case Ast.Pipeline pipeline -> new Ast.Pipeline(of(pipeline.body()), NOWHERE);
    };
  }

  static Ast.Expression of(Ast.Expression expression) {
    return switch (expression) {
      case Ast.Chain chain -> of(chain);
      case Ast.Labelled labelled ->
          new Ast.Labelled(of(labelled.label()), of(labelled.step()), NOWHERE);
      case Ast.Choice choice ->
          new Ast.Choice(
              of(choice.condition()), of(choice.then()), choice.otherwise().map(Bare::of), NOWHERE);
      case Ast.Unary unary -> new Ast.Unary(unary.operator(), of(unary.operand()), NOWHERE);
      case Ast.Binary binary ->
          new Ast.Binary(binary.operator(), of(binary.left()), of(binary.right()), NOWHERE);
      case Ast.Call call -> new Ast.Call(of(call.name()), call.arguments().map(Bare::of), NOWHERE);
      case Ast.Bracket bracket -> new Ast.Bracket(of(bracket.elements()), NOWHERE);
      case Ast.Size size -> new Ast.Size(size.height(), size.width(), NOWHERE);
      case Ast.Int integer -> new Ast.Int(integer.value(), NOWHERE);
      case Ast.Real real -> new Ast.Real(real.value(), real.text(), NOWHERE);
      case Ast.Text text -> of(text);
    };
  }

  private static List<Ast.Expression> of(List<Ast.Expression> expressions) {
    return expressions.stream().map(Bare::of).toList();
  }

  private static Ast.Chain of(Ast.Chain chain) {
    return new Ast.Chain(of(chain.steps()), NOWHERE);
  }

  private static Ast.Limit of(Ast.Limit limit) {
    return new Ast.Limit(
        of(limit.name()),
        of(limit.most()),
        limit.unit().map(Bare::of),
        limit.profile().map(Bare::of),
        NOWHERE);
  }

  private static Ast.Text of(Ast.Text text) {
    return new Ast.Text(text.text(), NOWHERE);
  }

  private static Ast.Name of(Ast.Name name) {
    return new Ast.Name(name.text(), NOWHERE);
  }

  private static Ast.Label of(Ast.Label label) {
    List<Ast.LabelPart> parts =
        label.parts().stream()
            .map(
                part ->
                    switch (part) {
                      case Ast.LabelPart.Fixed fixed -> (Ast.LabelPart) fixed;
                      case Ast.LabelPart.Computed computed ->
                          new Ast.LabelPart.Computed(of(computed.value()));
                    })
            .toList();
    return new Ast.Label(label.quoted(), parts, NOWHERE);
  }
}
