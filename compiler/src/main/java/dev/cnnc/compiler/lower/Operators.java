package dev.cnnc.compiler.lower;

import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Arithmetic on data. Whole numbers stay whole and exact: {@code 6 / 2} is 3, {@code 1 / 255} is a
 * real. A result beyond 64 bits is an {@link ArithmeticException} with a message for the user.
 */
final class Operators {

  private Operators() {}

  static Datum negate(Datum operand) {
    if (operand instanceof Datum.Int(long value)) {
      return Datum.of(Math.negateExact(value));
    }
    if (operand instanceof Datum.Real(double value)) {
      return Datum.of(-value);
    }
    throw new ArithmeticException("- needs a number, not " + operand.written());
  }

  static Datum not(Datum operand) {
    return Datum.of(!truth("not", operand));
  }

  /** The operand of {@code operator} as a condition. */
  static boolean truth(String operator, Datum operand) {
    if (operand instanceof Datum.Bool(boolean value)) {
      return value;
    }
    throw new ArithmeticException(operator + " needs true or false, not " + operand.written());
  }

  /**
   * The result of any operator except {@code and} and {@code or}, which may skip their right side.
   */
  static Datum binary(String operator, Datum left, Datum right) {
    if (operator.equals("==") || operator.equals("!=")) {
      boolean equal =
          (isNumber(left) && isNumber(right)) ? compare(left, right) == 0 : left.equals(right);
      return Datum.of(equal == operator.equals("=="));
    }
    if (!isNumber(left) || !isNumber(right)) {
      throw new ArithmeticException(
          "%s needs two numbers, not %s and %s"
              .formatted(operator, left.written(), right.written()));
    }
    return switch (operator) {
      case "<" -> Datum.of(compare(left, right) < 0);
      case "<=" -> Datum.of(compare(left, right) <= 0);
      case ">" -> Datum.of(compare(left, right) > 0);
      case ">=" -> Datum.of(compare(left, right) >= 0);
      default ->
          left instanceof Datum.Int(long a) && right instanceof Datum.Int(long b)
              ? whole(operator, a, b)
              : real(operator, real(left), real(right));
    };
  }

  private static Datum whole(String operator, long a, long b) {
    try {
      return switch (operator) {
        case "+" -> Datum.of(Math.addExact(a, b));
        case "-" -> Datum.of(Math.subtractExact(a, b));
        case "*" -> Datum.of(Math.multiplyExact(a, b));
        case "%" -> Datum.of(Math.floorMod(a, divisor(operator, a, b)));
        case "/" ->
            a % divisor(operator, a, b) == 0
                ? Datum.of(Math.divideExact(a, b))
                : Datum.of((double) a / b);
        default -> throw new IllegalStateException(operator);
      };
    } catch (ArithmeticException overflow) {
      throw b == 0
          ? overflow
          : new ArithmeticException("%s %s %s does not fit 64 bits".formatted(a, operator, b));
    }
  }

  private static long divisor(String operator, long a, long b) {
    if (b == 0) {
      throw new ArithmeticException("%s %s 0 divides by zero".formatted(a, operator));
    }
    return b;
  }

  private static Datum real(String operator, double a, double b) {
    double result =
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          case "%" -> a - Math.floor(a / b) * b;
          default -> throw new IllegalStateException(operator);
        };
    if (Double.isFinite(result)) {
      return Datum.of(result);
    }
    throw new ArithmeticException(
        b == 0
            ? a + " " + operator + " 0 divides by zero"
            : a + " " + operator + " " + b + " is too large");
  }

  static Datum least(List<Datum> arguments) {
    return extreme("min", arguments, (a, b) -> compare(b, a) < 0 ? b : a);
  }

  static Datum greatest(List<Datum> arguments) {
    return extreme("max", arguments, (a, b) -> compare(b, a) > 0 ? b : a);
  }

  private static Datum extreme(String name, List<Datum> arguments, BinaryOperator<Datum> choice) {
    if (arguments.isEmpty() || !arguments.stream().allMatch(Operators::isNumber)) {
      throw new ArithmeticException(name + " needs numbers: " + name + "(a, b)");
    }
    return arguments.stream().reduce(choice).orElseThrow();
  }

  /** Rounded down, so that {@code div(a, b) * b + a % b} is a. */
  static Datum quotient(List<Datum> arguments) {
    if (arguments.size() == 2
        && arguments.get(0) instanceof Datum.Int(long a)
        && arguments.get(1) instanceof Datum.Int(long b)) {
      return Datum.of(Math.floorDivExact(a, divisor("div", a, b)));
    }
    throw new ArithmeticException("div needs two whole numbers: div(kernel, 2)");
  }

  /** The least multiple that is not less than the value. */
  static Datum roundUp(List<Datum> arguments) {
    if (arguments.size() == 2
        && arguments.get(0) instanceof Datum.Int(long value)
        && arguments.get(1) instanceof Datum.Int(long multiple)
        && multiple > 0) {
      return whole("*", Math.ceilDiv(value, multiple), multiple);
    }
    throw new ArithmeticException(
        "round_up needs a whole number and a positive multiple: round_up(x, 8)");
  }

  static Datum size(List<Datum> arguments) {
    if (arguments.size() == 2
        && arguments.get(0) instanceof Datum.Int(long height)
        && arguments.get(1) instanceof Datum.Int(long width)) {
      return new Datum.Size(height, width);
    }
    throw new ArithmeticException("size needs two whole numbers: size(height, width)");
  }

  private static boolean isNumber(Datum datum) {
    return datum instanceof Datum.Int || datum instanceof Datum.Real;
  }

  private static int compare(Datum a, Datum b) {
    return a instanceof Datum.Int(long x) && b instanceof Datum.Int(long y)
        ? Long.compare(x, y)
        : Double.compare(real(a), real(b));
  }

  /** The number as a real. */
  static double real(Datum number) {
    return number instanceof Datum.Real(double value) ? value : ((Datum.Int) number).value();
  }
}
