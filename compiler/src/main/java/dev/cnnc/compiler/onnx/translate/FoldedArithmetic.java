package dev.cnnc.compiler.onnx.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Computes arithmetic on constants, from which models compute shapes. */
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

  private static final Map<String, DoubleBinaryOperator> BINARY =
      Map.ofEntries(
          Map.entry("Add", Double::sum),
          Map.entry("Sub", (a, b) -> a - b),
          Map.entry("Mul", (a, b) -> a * b),
          Map.entry("Div", (a, b) -> a / b),
          Map.entry("Pow", Math::pow),
          Map.entry("Min", Math::min),
          Map.entry("Max", Math::max),
          Map.entry("Mod", (a, b) -> a - b * Math.floor(a / b)),
          Map.entry("Equal", (a, b) -> a == b ? 1 : 0),
          Map.entry("Less", (a, b) -> a < b ? 1 : 0),
          Map.entry("Greater", (a, b) -> a > b ? 1 : 0),
          Map.entry("And", (a, b) -> a != 0 && b != 0 ? 1 : 0),
          Map.entry("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0));

  private static final Map<String, DoubleBinaryOperator> REDUCTIONS =
      Map.of(
          "ReduceSum", Double::sum,
          "ReduceProd", (a, b) -> a * b,
          "ReduceMax", Math::max,
          "ReduceMin", Math::min);

  private FoldedArithmetic() {}

  static Optional<Constant> fold(Call call) throws Refusal {
    Constant x = call.known(0, "input");
    DoubleUnaryOperator unary = UNARY.get(call.operator());
    if (unary != null) {
      double[] values = x.doubles().get();
      for (int i = 0; i < values.length; i++) {
        values[i] = unary.applyAsDouble(values[i]);
      }
      return Optional.of(Constant.of(x.sizes(), x.whole(), values).named(x.name()));
    }
    DoubleBinaryOperator binary = BINARY.get(call.operator());
    if (binary != null && call.inputs().size() == 2) {
      return Optional.of(binary(call, binary, x, call.known(1, "second input")));
    }
    DoubleBinaryOperator reduction = REDUCTIONS.get(call.operator());
    if (reduction != null && x.rank() == 1 && x.size() > 0) {
      return Optional.of(reduced(call, reduction, x));
    }
    return call.operator().equals("Where") ? Optional.of(where(call, x)) : Optional.empty();
  }

  private static Constant binary(Call call, DoubleBinaryOperator operator, Constant a, Constant b)
      throws Refusal {
    List<Integer> sizes = Broadcast.of(a.sizes(), b.sizes());
    double[] left = a.expanded(sizes).doubles().get();
    double[] right = b.expanded(sizes).doubles().get();
    boolean truncated = call.operator().equals("Div") && a.whole();
    double[] values = new double[left.length];
    for (int i = 0; i < values.length; i++) {
      double value = operator.applyAsDouble(left[i], right[i]);
      values[i] = truncated ? (double) (long) value : value;
    }
    return Constant.of(sizes, a.whole(), values);
  }

  private static Constant reduced(Call call, DoubleBinaryOperator operator, Constant x)
      throws Refusal {
    double[] values = x.doubles().get();
    double result = values[0];
    for (int i = 1; i < values.length; i++) {
      result = operator.applyAsDouble(result, values[i]);
    }
    List<Integer> sizes = call.whole("keepdims", 1) != 0 ? List.of(1) : List.of();
    return Constant.of(sizes, x.whole(), result);
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
    return Constant.of(new ArrayList<>(sizes), then.whole(), values);
  }
}
