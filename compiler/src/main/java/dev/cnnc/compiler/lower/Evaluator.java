package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Evaluates expressions in the place of a number. Reports errors and then returns {@link
 * Datum.Unknown}.
 */
final class Evaluator {

  static final List<String> FUNCTIONS = List.of("min", "max", "div", "round_up", "size");

  private final Problems problems;
  private final Limits limits;

  Evaluator(Problems problems, Limits limits) {
    this.problems = problems;
    this.limits = limits;
  }

  /** The value of {@code expression} at a place with the input {@code here.flow()}. */
  Datum evaluate(Ast.Expression expression, Here here) {
    try {
      return limits.enter(expression.span(), here.frame())
          ? worth(expression, here)
          : Datum.UNKNOWN;
    } finally {
      limits.leave();
    }
  }

  private Datum worth(Ast.Expression expression, Here here) {
    return switch (expression) {
      case Ast.Int(long value, _) -> Datum.of(value);
      case Ast.Real(double value, _, _) -> Datum.of(value);
      case Ast.Size(int height, int width, _) -> new Datum.Size(height, width);
      case Ast.Text(String text, _) -> new Datum.Text(text);
      case Ast.Bracket(var elements, _) ->
          new Datum.Listed(elements.stream().map(e -> evaluate(e, here)).toList());
      case Ast.Unary(String operator, var operand, _) -> {
        Datum datum = evaluate(operand, here);
        yield guarded(
            expression,
            here,
            List.of(datum),
            () -> operator.equals("not") ? Operators.not(datum) : Operators.negate(datum));
      }
      case Ast.Binary binary -> binary(binary, here);
      case Ast.Choice(var condition, var then, var otherwise, _) -> {
        Optional<Boolean> known = condition(condition, here);
        yield known.isEmpty()
            ? Datum.UNKNOWN
            : known.get()
                ? evaluate(then, here)
                : otherwise
                    .map(e -> evaluate(e, here))
                    .orElseGet(() -> report(expression, here, "a choice of numbers needs an else"));
      }
      case Ast.Call call -> call(call, here);
      case Ast.Chain _ -> report(expression, here, "a chain stands where a number is needed");
      case Ast.Labelled _ -> report(expression, here, "a label stands where a number is needed");
    };
  }

  /** The value of an argument of a block, where a bare name can mean a layer or a block. */
  Datum handed(Ast.Expression argument, Here here) {
    Ast.Expression inner =
        argument instanceof Ast.Bracket(var elements, _) && elements.size() == 1
            ? elements.getFirst()
            : argument;
    boolean layer =
        inner instanceof Ast.Call(Ast.Name name, var arguments, _)
            && arguments.isPresent()
            && here.names().isStep(name.text());
    if (!layer && !(inner instanceof Ast.Chain)) {
      return evaluate(argument, here);
    }
    problems.add(
        Code.E209,
        argument.span(),
        here.frame(),
        layer
            ? "a block takes layers by name, without arguments"
            : "a block takes layers by name, and this is a chain",
        "give it a name: part NAME() = %s, and hand over NAME"
            .formatted(Advice.quoted(inner, "...")));
    return Datum.UNKNOWN;
  }

  /** The value of a condition; empty if it is unknown or was reported. */
  Optional<Boolean> condition(Ast.Expression condition, Here here) {
    Datum datum = evaluate(condition, here);
    if (datum instanceof Datum.Bool(boolean known)) {
      return Optional.of(known);
    }
    if (!datum.isUnknown()) {
      problems.add(
          Code.E203,
          condition.span(),
          here.frame(),
          "a condition is true or false, but this is " + datum.written());
    }
    return Optional.empty();
  }

  /** Long sums are nested on the left side, so this walks down and back without recursion. */
  private Datum binary(Ast.Binary last, Here here) {
    Deque<Ast.Binary> pending = new ArrayDeque<>();
    Ast.Expression first = last;
    while (first instanceof Ast.Binary binary) {
      pending.push(binary);
      first = binary.left();
    }
    Datum left = evaluate(first, here);
    for (Ast.Binary binary : pending) {
      left = operate(binary, left, here);
    }
    return left;
  }

  private Datum operate(Ast.Binary binary, Datum left, Here here) {
    String operator = binary.operator();
    if (operator.equals("and") || operator.equals("or")) {
      Datum known =
          guarded(binary, here, List.of(left), () -> Datum.of(Operators.truth(operator, left)));
      if (!(known instanceof Datum.Bool(boolean yes)) || yes == operator.equals("or")) {
        return known;
      }
      Datum right = evaluate(binary.right(), here);
      return guarded(
          binary, here, List.of(right), () -> Datum.of(Operators.truth(operator, right)));
    }
    Datum right = evaluate(binary.right(), here);
    return guarded(
        binary, here, List.of(left, right), () -> Operators.binary(operator, left, right));
  }

  private Datum call(Ast.Call call, Here here) {
    String name = call.name().text();
    Optional<List<Ast.Expression>> arguments = call.arguments();
    if (arguments.isPresent() && FUNCTIONS.contains(name)) {
      List<Datum> data = new ArrayList<>();
      arguments.get().forEach(argument -> data.add(evaluate(argument, here)));
      return guarded(
          call,
          here,
          data,
          () ->
              switch (name) {
                case "min" -> Operators.least(data);
                case "max" -> Operators.greatest(data);
                case "div" -> Operators.quotient(data);
                case "round_up" -> Operators.roundUp(data);
                default -> Operators.size(data);
              });
    }
    Optional<Datum> parameter = Optional.ofNullable(here.environment().parameters().get(name));
    if (arguments.isPresent()) {
      problems.add(
          Code.E209,
          call.span(),
          here.frame(),
          name + "(...) stands where a number is needed",
          () ->
              here.names().isStep(name)
                  ? Optional.empty()
                  : Optional.of("functions are " + String.join(", ", FUNCTIONS)));
      return Datum.UNKNOWN;
    }
    return parameter.orElseGet(() -> word(call, name, here));
  }

  private Datum word(Ast.Call call, String name, Here here) {
    return switch (name) {
      case "true" -> Datum.of(true);
      case "false" -> Datum.of(false);
      case "infinity" -> Datum.of(Double.POSITIVE_INFINITY);
      case "nan" -> Datum.of(Double.NaN);
      case "same", "same_lower" -> new Datum.Word(name);
      case "index" -> {
        if (here.environment().index().isPresent()) {
          yield Datum.of((long) here.environment().index().getAsInt());
        }
        problems.add(
            Code.E218,
            call.span(),
            here.frame(),
            "index counts the rounds of a repetition, but there is none around it here",
            "pass it to the block as a parameter");
        yield Datum.UNKNOWN;
      }
      case "channels", "height", "width" -> side(call, name, here);
      default -> named(call, name, here);
    };
  }

  private Datum side(Ast.Call call, String name, Here here) {
    return switch (here.flow()) {
      case Flow.Known(_, var shape) ->
          Datum.of(
              (long)
                  switch (name) {
                    case "channels" -> shape.channels();
                    case "height" -> shape.height();
                    default -> shape.width();
                  });
      case Flow.Unknown() -> Datum.UNKNOWN;
      case Flow.Nothing() -> {
        problems.add(
            Code.E218,
            call.span(),
            here.frame(),
            name + " is that of the value flowing in, but nothing flows in here");
        yield Datum.UNKNOWN;
      }
    };
  }

  private Datum named(Ast.Call call, String name, Here here) {
    Names names = here.names();
    Optional<Flow> value = names.value(name);
    if (value.isPresent()) {
      return new Datum.Value(value.get());
    }
    if (names.isStep(name) || Kind.knows(name)) {
      return new Datum.Word(name, names.block(name));
    }
    if (names.reportLater(call, here.frame()) || !names.complete()) {
      return Datum.UNKNOWN;
    }
    problems.add(
        Code.E201,
        call.span(),
        here.frame(),
        "nothing is called " + name,
        () -> names.beyond(name).or(() -> Nearest.question(name, candidates(here))));
    return Datum.UNKNOWN;
  }

  /** The names that can be used in the place of a number, innermost first. */
  private List<String> candidates(Here here) {
    List<String> candidates = new ArrayList<>(here.environment().parameters().keySet());
    candidates.addAll(List.of("channels", "height", "width", "index"));
    candidates.addAll(FUNCTIONS);
    candidates.addAll(List.of("same", "same_lower", "true", "false", "infinity", "nan"));
    candidates.addAll(here.names().steps());
    return candidates;
  }

  private Datum guarded(
      Ast.Expression at, Here here, List<Datum> operands, Supplier<Datum> operation) {
    if (operands.stream().anyMatch(Datum::isUnknown)) {
      return Datum.UNKNOWN;
    }
    try {
      return operation.get();
    } catch (ArithmeticException none) {
      problems.add(Code.E208, at.span(), here.frame(), String.valueOf(none.getMessage()));
      return Datum.UNKNOWN;
    }
  }

  private Datum report(Ast.Expression at, Here here, String message) {
    problems.add(Code.E209, at.span(), here.frame(), message);
    return Datum.UNKNOWN;
  }
}
