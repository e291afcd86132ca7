package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lowers expressions in the place of a step, from their input to their output.
 *
 * <p>Recursion is as deep as the nesting of the text and of block calls, which {@link Limits}
 * bounds. Chains and repetitions are loops.
 */
final class Steps {

  private final Problems problems;
  private final Limits limits;
  private final Evaluator evaluator;
  private final LayerTable table;
  private final Labels labels;
  private final GraphDraft draft;
  private final LayerCalls layers;
  private final BlockCalls blocks;
  private final Combinators combinators;

  Steps(Problems problems, Limits limits, Evaluator evaluator, LayerTable table, GraphDraft draft) {
    this.problems = problems;
    this.limits = limits;
    this.evaluator = evaluator;
    this.table = table;
    this.draft = draft;
    this.labels = new Labels(problems, evaluator);
    this.layers = new LayerCalls(problems, limits, evaluator, draft, table, this);
    this.blocks = new BlockCalls(problems, limits, evaluator, this);
    this.combinators = new Combinators(problems, limits, draft, this);
  }

  /** The output of {@code expression}; no output is an error. */
  Flow value(Ast.Expression expression, Here here) {
    Flow flow = apply(expression, here);
    if (flow instanceof Flow.Nothing) {
      problems.add(
          Code.E212,
          expression.span(),
          here.frame(),
          "nothing flows in here",
          "begin with the input or another value: NAME -> ...");
      return Flow.UNKNOWN;
    }
    return flow;
  }

  /** The output of {@code expression}. */
  Flow apply(Ast.Expression expression, Here here) {
    try {
      return limits.enter(expression.span(), here.frame()) ? step(expression, here) : Flow.UNKNOWN;
    } finally {
      limits.leave();
    }
  }

  private Flow step(Ast.Expression expression, Here here) {
    return switch (expression) {
      case Ast.Chain(var steps, _) -> chain(steps, group(here));
      case Ast.Labelled(var label, var step, _) -> apply(step, group(here).labelled(label));
      case Ast.Choice choice -> choose(choice, here);
      case Ast.Binary(String operator, var left, var right, Span span) ->
          operator.equals("*")
              ? repeat(left, right, here)
              : noStep(span, "arithmetic", Advice.arithmetic(operator, left, right), here);
      case Ast.Bracket(var elements, Span span) ->
          elements.size() == 1
              ? apply(elements.getFirst(), group(here))
              : noStep(span, "a list", Advice.list(elements), here);
      case Ast.Call call ->
          handed(call, here)
              .map(block -> blocks.call(block, resolve(call, here), here))
              .orElseGet(() -> call(resolve(call, here), here));
      case Ast.Unary unary -> noStep(unary.span(), "arithmetic", Advice.CHAIN, here);
      case Ast.Size size -> noStep(size.span(), "a size", Advice.CHAIN, here);
      case Ast.Int number -> noStep(number.span(), "a number", Advice.NUMBER, here);
      case Ast.Real number -> noStep(number.span(), "a number", Advice.NUMBER, here);
      case Ast.Text text -> noStep(text.span(), "a text", Advice.TEXT, here);
    };
  }

  private Flow noStep(Span span, String what, String help, Here here) {
    problems.add(
        Code.E209,
        span,
        here.frame(),
        what + " stands where a layer, block or value is needed",
        help);
    return Flow.UNKNOWN;
  }

  private Flow chain(List<Ast.Expression> steps, Here start) {
    Here here = start;
    for (Ast.Expression step : steps) {
      here = here.behind(apply(step, here));
    }
    return here.flow();
  }

  private Flow choose(Ast.Choice choice, Here here) {
    Optional<Boolean> condition = evaluator.condition(choice.condition(), here.unlabelled());
    if (condition.isEmpty()) {
      return Flow.UNKNOWN;
    }
    return condition.get()
        ? apply(choice.then(), here)
        : choice.otherwise().map(step -> apply(step, here)).orElse(here.flow());
  }

  /** The expression that {@code branch} selects: without labels, the chosen side of a when. */
  Ast.Expression chosen(Ast.Expression branch, Here here) {
    return switch (branch) {
      case Ast.Labelled(_, var step, _) -> chosen(step, here);
      case Ast.Choice(var condition, var then, var otherwise, _) -> {
        Optional<Boolean> known = evaluator.condition(condition, here);
        yield known.isEmpty()
            ? branch
            : known.get() ? chosen(then, here) : otherwise.map(e -> chosen(e, here)).orElse(branch);
      }
      case Ast.Chain _,
          Ast.Unary _,
          Ast.Binary _,
          Ast.Call _,
          Ast.Bracket _,
          Ast.Size _,
          Ast.Int _,
          Ast.Real _,
          Ast.Text _ ->
          branch;
    };
  }

  private Flow repeat(Ast.Expression body, Ast.Expression times, Here outside) {
    if (body instanceof Ast.Int && !(times instanceof Ast.Int)) {
      return noStep(body.span(), "a number", Advice.repetition(times, body), outside);
    }
    Datum count = evaluator.evaluate(times, outside);
    Here here = group(outside);
    if (!(count instanceof Datum.Int(long rounds)) || rounds < 0 || rounds > Limits.LAYERS) {
      if (count instanceof Datum.Int(long many) && many > 0) {
        limits.exhaust(
            times.span(),
            here.frame(),
            String.format(
                Locale.ROOT,
                "%,d repetitions: a network has at most %,d layers",
                many,
                Limits.LAYERS),
            "repeat less often");
      } else if (!count.isUnknown()) {
        problems.add(
            Code.E203,
            times.span(),
            here.frame(),
            "the count of a repetition is a whole number from 0, not " + count.written(),
            count instanceof Datum.Value || count instanceof Datum.Word
                ? Optional.of(Advice.join("mul", body, times))
                : Optional.<String>empty());
      }
      return Flow.UNKNOWN;
    }
    Environment environment = here.environment();
    for (int round = 0; round < rounds && !limits.exhausted(); round++) {
      here = here.in(environment.at(round, times.span()));
      here = here.behind(apply(body, here));
      if (here.flow() instanceof Flow.Unknown) {
        return Flow.UNKNOWN;
      }
    }
    return here.flow();
  }

  /** The scope that the label opens; the same place without a label. */
  Here group(Here here) {
    return here.label().map(label -> here.in(new Scope(name(label, here)))).orElse(here);
  }

  /** The full name of the step with this label. */
  String name(Ast.Label label, Here here) {
    String name = here.scope().name(labels.text(label, here.unlabelled()));
    if (Labels.counts(label)) {
      here.environment().repetition().ifPresent(times -> draft.counted(name, times));
    }
    return name;
  }

  /** The block that the parameter of this name was given; its file may be another one. */
  private static Optional<Block> handed(Ast.Call call, Here here) {
    return here.environment().parameters().get(call.name().text()) instanceof Datum.Word word
        ? word.block()
        : Optional.empty();
  }

  /** Replaces a parameter by the layer or block that it names. */
  Ast.Call resolve(Ast.Call call, Here here) {
    return here.environment().parameters().get(call.name().text())
            instanceof Datum.Word(var name, _)
        ? new Ast.Call(new Ast.Name(name, call.name().span()), call.arguments(), call.span())
        : call;
  }

  private Flow call(Ast.Call call, Here here) {
    String name = call.name().text();
    Datum parameter = here.environment().parameters().get(name);
    if (parameter != null) {
      return switch (parameter) {
        case Datum.Value(Flow flow) -> reference(call, flow, here);
        case Datum.Unknown _ -> Flow.UNKNOWN;
        case Datum.Int _,
            Datum.Real _,
            Datum.Bool _,
            Datum.Size _,
            Datum.Listed _,
            Datum.Text _,
            Datum.Word _,
            Datum.Function _ -> {
          problems.add(
              Code.E209,
              call.span(),
              here.frame(),
              "%s is %s here; a layer, block or value is needed"
                  .formatted(name, parameter.written()));
          yield Flow.UNKNOWN;
        }
      };
    }
    Optional<Flow> value = here.names().value(name);
    if (value.isPresent()) {
      return reference(call, value.get(), here);
    }
    Optional<Block> block = here.names().block(name);
    if (block.isPresent()) {
      return blocks.call(block.get(), call, here);
    }
    if (Combinators.NAMES.contains(name)) {
      return combinators.join(call, here);
    }
    Optional<Layer> layer = table.find(name);
    if (layer.isPresent()) {
      return layers.add(layer.get(), call, here);
    }
    return name.equals("identity") ? identity(call, here) : unknown(call, here);
  }

  private Flow identity(Ast.Call call, Here here) {
    if (!call.arguments().orElse(List.of()).isEmpty()) {
      problems.add(Code.E202, call.span(), here.frame(), "identity takes no arguments");
    }
    return here.flow();
  }

  private Flow reference(Ast.Call call, Flow flow, Here here) {
    String name = call.name().text();
    if (flow instanceof Flow.Unknown) {
      return flow;
    }
    if (call.arguments().isPresent()) {
      problems.add(
          Code.E202, call.span(), here.frame(), name + " is a value and takes no arguments");
    } else if (!here.begins()) {
      problems.add(
          Code.E213,
          call.span(),
          here.frame(),
          "the value %s begins a chain; what flows in here would be lost".formatted(name),
          "join them: concat(identity, %1$s) or add(identity, %1$s)".formatted(name));
    }
    return flow;
  }

  private Flow unknown(Ast.Call call, Here here) {
    String name = call.name().text();
    Names names = here.names();
    if (names.reportLater(call, here.frame())) {
      return Flow.UNKNOWN;
    }
    if (Names.WORDS.contains(name) || Evaluator.FUNCTIONS.contains(name)) {
      noStep(call.span(), name, Advice.CHAIN, here);
    } else if (names.complete()) {
      problems.add(
          Code.E201,
          call.name().span(),
          here.frame(),
          "no layer, block or value is called " + name,
          () ->
              names
                  .beyond(name)
                  .or(() -> ForeignNames.layer(name, names.steps()))
                  .or(() -> Nearest.question(name, names.steps())));
    }
    return Flow.UNKNOWN;
  }
}
