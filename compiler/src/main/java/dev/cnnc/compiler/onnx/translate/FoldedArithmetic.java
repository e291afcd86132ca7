package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * Computes arithmetic on constants, from which models compute shapes. Each result is rounded to its
 * element type, as engines do: a side of 20 pixels times 0.7f is 14, but less in double.
 */
final class FoldedArithmetic {

  private static final Map<String, DoubleUnaryOperator> UNARY =
      Map.ofEntries(
          Map.entry("Neg", x -> -x),
          Map.entry("Abs", Math::abs),
          Map.entry("Sqrt", Math::sqrt),
          Map.entry("Exp", Math::exp),
          Map.entry("Log", Math::log),
          Map.entry("Floor", Math::floor),
          Map.entry("Ceil", Math::ceil),
          Map.entry("Reciprocal", x -> 1 / x),
          Map.entry("Not", x -> x == 0 ? 1 : 0),
          Map.entry("Relu", x -> Math.max(0, x)),
          Map.entry("Tanh", Math::tanh));

  /** Of whole numbers, whose negative may be none. */
  private static final Map<String, LongUnaryOperator> WHOLE_UNARY =
      Map.of("Neg", x -> -x, "Abs", Math::abs, "Relu", x -> Math.max(0, x));

  private static final Map<String, DoubleBinaryOperator> BINARY =
      Map.ofEntries(
          Map.entry("Add", Double::sum),
          Map.entry("Sub", (a, b) -> a - b),
          Map.entry("Mul", (a, b) -> a * b),
          Map.entry("Div", (a, b) -> a / b),
          Map.entry("Pow", FoldedArithmetic::power),
          Map.entry("Min", Math::min),
          Map.entry("Max", Math::max),
          Map.entry("Mod", (a, b) -> a - b * Math.floor(a / b)),
          Map.entry("Equal", (a, b) -> a == b ? 1 : 0),
          Map.entry("Less", (a, b) -> a < b ? 1 : 0),
          Map.entry("Greater", (a, b) -> a > b ? 1 : 0),
          Map.entry("LessOrEqual", (a, b) -> a <= b ? 1 : 0),
          Map.entry("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0),
          Map.entry("Xor", (a, b) -> (a != 0) == (b != 0) ? 0 : 1),
          Map.entry("And", (a, b) -> a != 0 && b != 0 ? 1 : 0),
          Map.entry("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0));

  /** Of whole numbers, where a double would lose the last digits or the fraction counts. */
  private static final Map<String, LongBinaryOperator> WHOLE_BINARY =
      Map.of(
          "Add", Long::sum,
          "Sub", (a, b) -> a - b,
          "Mul", (a, b) -> a * b,
          "Div", (a, b) -> a / b,
          "Mod", Math::floorMod);

  private static final Set<String> TRUTHS =
      Set.of(
          "Not", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "And", "Or", "Xor");

  private static final Set<String> DIVISIONS = Set.of("Div", "Mod");

  private static final Map<String, String> REDUCTIONS =
      Map.of("ReduceSum", "Add", "ReduceProd", "Mul", "ReduceMax", "Max", "ReduceMin", "Min");

  private FoldedArithmetic() {}

  static Optional<Constant> fold(Call call) throws Refusal {
    Constant x = call.known(0, "input");
    DoubleUnaryOperator unary = UNARY.get(call.operator());
    if (unary != null) {
      return Optional.of(unary(call, unary, x));
    }
    if (BINARY.containsKey(call.operator()) && call.inputs().size() == 2) {
      return Optional.of(binary(call, x, call.known(1, "second input")));
    }
    String reduction = REDUCTIONS.get(call.operator());
    if (reduction != null && x.rank() == 1 && x.size() > 0) {
      return Optional.of(reduced(call, reduction, x));
    }
    return call.operator().equals("Where") ? Optional.of(where(call, x)) : Optional.empty();
  }

  private static Constant unary(Call call, DoubleUnaryOperator operator, Constant x) {
    LongUnaryOperator whole = WHOLE_UNARY.get(call.operator());
    double[] values = x.doubles().get();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          whole != null && x.whole()
              ? ElementRounding.wrapped(x.type(), whole.applyAsLong((long) values[i]))
              : operator.applyAsDouble(values[i]);
    }
    DataType type = TRUTHS.contains(call.operator()) ? DataType.BOOL : x.type();
    return Constant.of(x.sizes(), type, values).named(x.name());
  }

  private static Constant binary(Call call, Constant a, Constant b) throws Refusal {
    List<Integer> sizes = Broadcast.of(a.sizes(), b.sizes());
    double[] left = a.expanded(sizes).doubles().get();
    double[] right = b.expanded(sizes).doubles().get();
    DoubleBinaryOperator operator = operator(call, call.operator(), a.type());
    DataType type = TRUTHS.contains(call.operator()) ? DataType.BOOL : a.type();
    double[] values = new double[left.length];
    for (int i = 0; i < values.length; i++) {
      if (a.whole() && right[i] == 0 && DIVISIONS.contains(call.operator())) {
        throw new Refusal("divides an integer by 0", "leave it out");
      }
      values[i] = operator.applyAsDouble(left[i], right[i]);
    }
    return Constant.of(sizes, type, values);
  }

  /** Of two elements of a type; what it gives is still to be rounded to one. */
  private static DoubleBinaryOperator operator(Call call, String name, DataType type)
      throws Refusal {
    if (name.equals("Mod") && call.flag("fmod")) {
      return (a, b) -> a % b;
    }
    if (name.equals("Pow")) {
      return (a, b) ->
          b == 3 && !type.isWhole() ? ElementRounding.of(type, a * a) * a : power(a, b);
    }
    LongBinaryOperator whole = WHOLE_BINARY.get(name);
    return whole != null && type.isWhole()
        ? (a, b) -> ElementRounding.wrapped(type, whole.applyAsLong((long) a, (long) b))
        : BINARY.getOrDefault(name, Double::sum);
  }

  /** As C has it: 1 to any power is 1, and -1 to an infinite one too. */
  private static double power(double base, double exponent) {
    return base == 1 || (base == -1 && Double.isInfinite(exponent)) ? 1 : Math.pow(base, exponent);
  }

  private static Constant reduced(Call call, String reduction, Constant x) throws Refusal {
    DataType working = ElementRounding.working(x.type());
    DoubleBinaryOperator operator = operator(call, reduction, working);
    double[] values = x.doubles().get();
    double result = values[0];
    for (int i = 1; i < values.length; i++) {
      result = ElementRounding.of(working, operator.applyAsDouble(result, values[i]));
    }
    List<Integer> sizes = call.whole("keepdims", 1) != 0 ? List.of(1) : List.of();
    return Constant.of(sizes, x.type(), result);
  }

  private static Constant where(Call call, Constant condition) throws Refusal {
    Constant then = call.known(1, "second input");
    Constant otherwise = call.known(2, "third input");
    List<Integer> sizes =
        Broadcast.of(condition.sizes(), Broadcast.of(then.sizes(), otherwise.sizes()));
    double[] choice = condition.expanded(sizes).doubles().get();
    double[] left = then.expanded(sizes).doubles().get();
    double[] right = otherwise.expanded(sizes).doubles().get();
    double[] values = new double[choice.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = choice[i] != 0 ? left[i] : right[i];
    }
    return Constant.of(sizes, then.type(), values);
  }
}
