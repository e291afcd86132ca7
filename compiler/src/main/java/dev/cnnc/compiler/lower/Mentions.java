package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reports unknown names in the blocks of a file that is no network. There is no value that could
 * flow through these blocks, so this is what can be known of them.
 */
final class Mentions {

  private final Problems problems;
  private final Names names;

  Mentions(Problems problems, Names names) {
    this.problems = problems;
    this.names = names;
  }

  void check() {
    for (Ast.Definition definition : names.own()) {
      Set<String> parameters = new HashSet<>();
      for (Ast.Parameter parameter : definition.parameters()) {
        parameter.byDefault().ifPresent(value -> check(value, parameters));
        parameters.add(parameter.name().text());
      }
      check(definition.body(), parameters);
    }
  }

  private void check(Ast.Expression expression, Set<String> parameters) {
    switch (expression) {
      case Ast.Call(Ast.Name name, var arguments, _) -> {
        if (!parameters.contains(name.text())) {
          check(name, parameters);
        }
        arguments.orElse(List.of()).forEach(each -> check(each, parameters));
      }
      case Ast.Labelled(Ast.Label label, var step, _) -> {
        for (Ast.LabelPart part : label.parts()) {
          if (part instanceof Ast.LabelPart.Computed(var value)) {
            check(value, parameters);
          }
        }
        check(step, parameters);
      }
      case Ast.Chain(var steps, _) -> steps.forEach(each -> check(each, parameters));
      case Ast.Bracket(var elements, _) -> elements.forEach(each -> check(each, parameters));
      case Ast.Choice(var condition, var then, var otherwise, _) -> {
        check(condition, parameters);
        check(then, parameters);
        otherwise.ifPresent(each -> check(each, parameters));
      }
      case Ast.Unary(_, var operand, _) -> check(operand, parameters);
      case Ast.Binary(_, var left, var right, _) -> {
        check(left, parameters);
        check(right, parameters);
      }
      case Ast.Size _, Ast.Int _, Ast.Real _, Ast.Text _ -> {}
    }
  }

  private void check(Ast.Name name, Set<String> parameters) {
    String word = name.text();
    boolean known =
        names.isStep(word)
            || Evaluator.FUNCTIONS.contains(word)
            || Kind.knows(word)
            || !names.complete();
    if (!known) {
      List<String> meant = new ArrayList<>(parameters);
      meant.addAll(Names.WORDS);
      meant.addAll(Evaluator.FUNCTIONS);
      meant.addAll(names.steps());
      problems.add(
          Code.E201,
          name.span(),
          Frame.ROOT,
          "nothing is called " + word,
          () ->
              names
                  .beyond(word)
                  .or(() -> ForeignNames.layer(word, meant))
                  .or(() -> Nearest.question(word, meant)));
    }
  }
}
