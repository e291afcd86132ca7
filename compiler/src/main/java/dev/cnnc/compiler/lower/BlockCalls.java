package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code bottleneck(64, stride: 2)}: expands the body of a block, with its parameters, in a scope.
 */
final class BlockCalls {

  private final Problems problems;
  private final Limits limits;
  private final Evaluator evaluator;
  private final Steps steps;
  private final Places places = new Places();

  BlockCalls(Problems problems, Limits limits, Evaluator evaluator, Steps steps) {
    this.problems = problems;
    this.limits = limits;
    this.evaluator = evaluator;
    this.steps = steps;
  }

  /** The result of a block or part. A part is expanded in the scope of its caller. */
  Flow call(Block block, Ast.Call call, Here here) {
    Ast.Definition definition = block.definition();
    if (here.frame().depth() >= Limits.CALLS) {
      limits.exhaust(
          call.span(),
          here.frame(),
          "blocks call each other more than %s deep".formatted(Limits.CALLS),
          isBehindChoice(definition)
              ? "the call of %s stands behind the when, not in it: then [a -> %1$s(...)]"
                  .formatted(definition.name().text())
              : "a block that calls itself needs a when that ends it");
      return Flow.UNKNOWN;
    }
    Map<String, Datum> parameters = parameters(block, call, here);
    Here inside = scope(definition, here);
    Frame frame =
        here.frame()
            .call(
                () -> written(definition, call, parameters),
                () -> places.of(call),
                inside.scope().prefix());
    Environment environment = Environment.of(block.home(), parameters, frame);
    return steps.apply(definition.body(), inside.in(environment));
  }

  /** {@code when c then a -> itself(...)}, where the when is only the first step. */
  private static boolean isBehindChoice(Ast.Definition definition) {
    if (!(definition.body() instanceof Ast.Chain(var steps, _))) {
      return false;
    }
    boolean choice = false;
    for (Ast.Expression step : steps) {
      if (choice && step instanceof Ast.Call(Ast.Name name, _, _)) {
        if (name.text().equals(definition.name().text())) {
          return true;
        }
      }
      choice |= step instanceof Ast.Choice;
    }
    return false;
  }

  private Here scope(Ast.Definition definition, Here here) {
    if (here.label().isPresent() || definition.part()) {
      return steps.group(here);
    }
    return here.in(new Scope(here.scope().number()));
  }

  private Map<String, Datum> parameters(Block block, Ast.Call call, Here here) {
    Ast.Definition definition = block.definition();
    List<Ast.Parameter> wanted = definition.parameters();
    Set<String> required =
        wanted.stream()
            .filter(parameter -> parameter.byDefault().isEmpty())
            .map(parameter -> parameter.name().text())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Map<String, Ast.Expression> given =
        new ArgumentList(problems)
            .match(
                call,
                wanted.stream().map(parameter -> parameter.name().text()).toList(),
                required,
                () -> usage(definition),
                here.frame());
    Map<String, Datum> data = new LinkedHashMap<>();
    Here defaults = here.in(here.environment().with(block.home(), data));
    for (Ast.Parameter parameter : wanted) {
      String name = parameter.name().text();
      data.put(
          name,
          Optional.ofNullable(given.get(name))
              .map(argument -> evaluator.handed(argument, here))
              .or(() -> parameter.byDefault().map(e -> evaluator.evaluate(e, defaults)))
              .orElse(Datum.UNKNOWN));
    }
    return data;
  }

  /** {@code bottleneck(filters, stride: 1)}. */
  static String usage(Ast.Definition definition) {
    return definition.parameters().stream()
        .map(
            parameter ->
                parameter.name().text()
                    + parameter.byDefault().map(e -> ": " + e.span().text()).orElse(""))
        .collect(Collectors.joining(", ", definition.name().text() + "(", ")"));
  }

  /** The call with the values of its arguments, named where the file names them. */
  private static String written(
      Ast.Definition definition, Ast.Call call, Map<String, Datum> parameters) {
    List<Datum> places = List.copyOf(parameters.values());
    List<Ast.Expression> arguments = call.arguments().orElse(List.of());
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Ast.Labelled(Ast.Label label, _, _)) {
        String name = label.span().text();
        Datum worth = parameters.getOrDefault(name, Datum.UNKNOWN);
        words.add(name + ": " + worth.written());
      } else if (i < places.size()) {
        words.add(places.get(i).written());
      }
    }
    return words.stream().collect(Collectors.joining(", ", definition.name().text() + "(", ")"));
  }
}
