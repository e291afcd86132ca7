package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Ast;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Fixes for text that stands in the place of a step. */
final class Advice {

  static final String CHAIN = "a chain is written a -> b";

  static final String NUMBER = "a repetition is written [...] * 3";

  static final String TEXT = "a quoted label is followed by a colon";

  /** Longest text that a fix quotes. */
  private static final int LONGEST_QUOTATION = 40;

  private Advice() {}

  /** The fix for {@code a + b} between values. */
  static String arithmetic(String operator, Ast.Expression left, Ast.Expression right) {
    boolean number = isNumber(left) || isNumber(right);
    return operator.equals("+") && !number ? join("add", left, right) : CHAIN;
  }

  /** {@code write add(a, b)}. */
  static String join(String combinator, Ast.Expression left, Ast.Expression right) {
    return "write %s(%s, %s)".formatted(combinator, quoted(left, "a"), quoted(right, "b"));
  }

  /** The fix for {@code [a, b]}. */
  static String list(List<Ast.Expression> elements) {
    boolean names = elements.stream().allMatch(e -> e instanceof Ast.Call call && isName(call));
    String branches =
        names
            ? elements.stream().map(e -> e.span().text()).collect(Collectors.joining(", "))
            : "a, b";
    return "write concat(%s) for branches, [a -> b] for a group"
        .formatted(branches.length() <= LONGEST_QUOTATION ? branches : "a, b");
  }

  /** The fix for {@code 2 * conv(8, 3x3)}. */
  static String repetition(Ast.Expression step, Ast.Expression count) {
    return "write %s * %s".formatted(quoted(step, "[...]"), count.span().text());
  }

  /** Whether a value such as {@code depth = 4} is a number. */
  static boolean isNumber(Ast.Expression expression) {
    return switch (expression) {
      case Ast.Int _, Ast.Real _, Ast.Size _ -> true;
      case Ast.Unary(String operator, var operand, _) -> operator.equals("-") && isNumber(operand);
      case Ast.Binary(_, var left, var right, _) -> isNumber(left) && isNumber(right);
      case Ast.Bracket(var elements, _) -> elements.stream().allMatch(Advice::isNumber);
      case Ast.Chain _, Ast.Labelled _, Ast.Choice _, Ast.Call _, Ast.Text _ -> false;
    };
  }

  /** The fix for {@code 3 / 2} or {@code 32 * 0.5} in the place of a whole number. */
  static Optional<String> whole(Ast.Expression argument, double result) {
    if (argument instanceof Ast.Binary(String operator, var left, Ast.Int(long by, _), _)
        && operator.equals("/")) {
      String text = quoted(left, "x");
      String odd =
          by == 2 && !(left instanceof Ast.Binary) ? "(%s - 1) / 2, or ".formatted(text) : "";
      return Optional.of(
          "%s / %s is %s; write %sdiv(%s, %s)"
              .formatted(number(result * by), by, number(result), odd, text, by));
    }

    if (argument instanceof Ast.Binary(String operator, var left, Ast.Real(double by, _, _), _)
        && operator.equals("*")
        && by > 0
        && 1 / by == Math.rint(1 / by)) {
      return Optional.of(
          "%s / %s stays whole where it comes out even"
              .formatted(quoted(left, "x"), (long) (1 / by)));
    }
    return argument instanceof Ast.Binary
        ? Optional.of("a real number makes the result real; x * 3 / 4 stays whole")
        : Optional.empty();
  }

  /** The fix for {@code conv(3, 64, 7)}, PyTorch's order: input channels, filters, size. */
  static Optional<String> channelsFirst(Ast.Call call, Shape in) {
    List<Ast.Expression> arguments = call.arguments().orElse(List.of());
    boolean plain =
        call.name().text().equals("conv")
            && arguments.size() >= 3
            && arguments.subList(0, 2).stream().allMatch(Ast.Int.class::isInstance)
            && (arguments.get(2) instanceof Ast.Int || arguments.get(2) instanceof Ast.Size);
    if (!plain || ((Ast.Int) arguments.getFirst()).value() != in.channels()) {
      return Optional.empty();
    }
    String second = arguments.get(1).span().text();
    String third = arguments.get(2).span().text();
    return Optional.of(
        "the channels that come in are not written: conv(%s, %s); else name the stride:"
                .formatted(second, third)
            + " conv(%s, %s, stride: %s)"
                .formatted(arguments.getFirst().span().text(), second, third));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static boolean isName(Ast.Call call) {
    return call.arguments().isEmpty();
  }

  /** The text of {@code expression}, if it is short and on one line. */
  static String quoted(Ast.Expression expression, String otherwise) {
    String text = expression.span().text();
    return text.length() <= LONGEST_QUOTATION && text.indexOf('\n') < 0 ? text : otherwise;
  }
}
