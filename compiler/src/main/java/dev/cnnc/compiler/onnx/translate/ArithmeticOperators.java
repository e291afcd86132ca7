package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.runtime.weights.Recipe;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Imports arithmetic of two values, or of a value and a constant. */
final class ArithmeticOperators {

  private static final Set<String> SUMS = Set.of("Conv", "ConvTranspose", "Gemm", "MatMul");
  private static final Set<String> PRODUCTS = Set.of("Mul", "Div");

  private ArithmeticOperators() {}

  static Map<String, Translator> all() {
    Map<String, Translator> all = new HashMap<>();
    put(all, "Add", call -> binary(call, Operator.ADD));
    put(all, "Sub", call -> binary(call, Operator.SUB));
    put(all, "Mul", call -> binary(call, Operator.MUL));
    put(all, "Div", call -> binary(call, Operator.DIV));
    put(all, "Pow", call -> binary(call, Operator.POW));
    put(all, "Mod", ArithmeticOperators::modulo);
    put(all, "Sum", call -> all(call, Operator.ADD));
    put(all, "Min", call -> all(call, Operator.MIN));
    put(all, "Max", call -> all(call, Operator.MAX));
    put(all, "Mean", ArithmeticOperators::mean);
    return all;
  }

  private static void put(Map<String, Translator> all, String name, Translator.Single single) {
    all.put(name, Translator.of(single));
  }

  private static View binary(Call call, Operator operator) throws Refusal {
    boolean computed = call.isComputed(0) && call.isComputed(1);
    Optional<View> simple = Optional.empty();
    if (!computed && call.isComputed(0)) {
      simple = constant(call, operator, 0, call.known(1, "constant"));
    } else if (!computed) {
      simple = reversed(call, operator, call.known(0, "constant"));
    }
    return simple.isPresent()
        ? simple.get()
        : new Joins(call).combine(operator, unrepeated(call, 0), unrepeated(call, 1), call.name());
  }

  /** Without fmod a remainder of whole numbers has the sign of the divisor. */
  private static View modulo(Call call) throws Refusal {
    View left = binary(call, Operator.FMOD);
    if (call.flag("fmod")) {
      return left;
    }
    Spelling it = new Spelling(call);
    View moved = it.combine(Operator.ADD, new Value.Computed(left), call.input(1));
    return it.combine(Operator.FMOD, new Value.Computed(moved), call.input(1));
  }

  /**
   * The input of an Expand, if the operator would repeat it anyway because the other input is as
   * large.
   */
  private static Value unrepeated(Call call, int i) throws Refusal {
    Optional<Call> expand = call.producer(i, "Expand");
    if (expand.isEmpty() || !expand.get().isComputed(0) || !call.isComputed(1 - i)) {
      return call.input(i);
    }
    List<Integer> other = call.view(1 - i).sizes();
    boolean same =
        Broadcast.of(call.view(i).sizes(), other)
            .equals(Broadcast.of(expand.get().view(0).sizes(), other));
    return same ? expand.get().input(0) : call.input(i);
  }

  /** A simpler layer for an operator with a constant on its right side, if there is one. */
  private static Optional<View> constant(Call call, Operator operator, int i, Constant constant)
      throws Refusal {
    boolean single = constant.isSingle() && constant.rank() <= call.view(i).rank();
    double number = single ? Call.shortest((float) constant.single()) : 0;
    return switch (operator) {
      case ADD -> plus(call, i, constant);
      case SUB -> plus(call, i, constant.times(-1));
      case MUL -> times(call, i, constant);
      case DIV -> times(call, i, Folding.reciprocal(constant));
      case FMOD -> Optional.empty();
      case POW -> single ? apply(call, i, power(number)) : Optional.empty();
      case MIN ->
          single && !Double.isNaN(number)
              ? apply(call, i, FunctionOperators.clip(Double.NEGATIVE_INFINITY, number))
              : Optional.empty();
      case MAX ->
          single && !Double.isNaN(number)
              ? apply(call, i, FunctionOperators.clip(number, Double.POSITIVE_INFINITY))
              : Optional.empty();
    };
  }

  /** A simpler layer for an operator with a constant on its left side, if there is one. */
  private static Optional<View> reversed(Call call, Operator operator, Constant constant)
      throws Refusal {
    boolean single = constant.isSingle() && constant.rank() <= call.view(1).rank();
    double number = single ? Call.shortest((float) constant.single()) : 0;
    return switch (operator) {
      case ADD, MUL, MIN, MAX -> constant(call, operator, 1, constant);
      case SUB -> single ? apply(call, 1, new Activation.Linear(-1, number)) : Optional.empty();
      case DIV -> {
        if (!single) {
          yield Optional.empty();
        }
        View inverse = FunctionOperators.apply(call, call.view(1), Elementary.RECIPROCAL);
        yield Optional.of(scaled(call, inverse, number));
      }
      case POW, FMOD -> Optional.empty();
    };
  }

  private static Optional<View> apply(Call call, int i, Activation function) throws Refusal {
    return Optional.of(FunctionOperators.apply(call, call.view(i), function));
  }

  static Activation power(double exponent) {
    return exponent == 2 ? Elementary.SQUARE : new Activation.Power(exponent);
  }

  /** Adds a constant to input {@code i}, as a bias if possible. */
  private static Optional<View> plus(Call call, int i, Constant constant) throws Refusal {
    View x = call.view(i);
    ImportDraft draft = call.draft();
    int channels = draft.shape(x.node()).channels();
    Optional<Constant> laid = new Joins(call).laid(constant, x);
    boolean single = laid.isPresent() && laid.get().isSingle();
    if (laid.isEmpty() || !(single || Joins.isByChannel(laid.get(), draft.shape(x.node())))) {
      return Optional.empty();
    }
    if (!constant.isFinite()) {
      double number = single ? constant.single() : 0;
      return single ? apply(call, i, new Activation.Linear(1, number)) : Optional.empty();
    }
    Constant shift = laid.get().expanded(List.of(channels, 1, 1));
    boolean added =
        (call.isOnlyReader(i, SUMS) && SumOperators.addBias(draft, x.node(), shift))
            || (call.isOnlyReader(i, PRODUCTS) && addShift(draft, x.node(), shift));
    if (added) {
      return Optional.of(x);
    }
    if (single) {
      double number = Call.shortest((float) constant.single());
      return number == 0 ? Optional.of(x) : apply(call, i, new Activation.Linear(1, number));
    }
    String name = LayerName.of(call.node(), constant.name());
    LayerPlan plan = new ScalePlan(filled(1, channels), Optional.of(shift));
    return Optional.of(x.with(draft.add(name, plan, x.node())));
  }

  /** Adds a shift to a scale without one; false if the node is not such a scale. */
  private static boolean addShift(ImportDraft draft, int node, Constant shift) throws Refusal {
    if (draft.plan(node) instanceof ScalePlan(Constant factor, Optional<Constant> none)
        && none.isEmpty()) {
      draft.replace(node, new ScalePlan(factor, Optional.of(shift)));
      return true;
    }
    return false;
  }

  /** Multiplies input {@code i} by a constant. */
  private static Optional<View> times(Call call, int i, Constant constant) throws Refusal {
    View x = call.view(i);
    Shape shape = call.draft().shape(x.node());
    Optional<Constant> laid = new Joins(call).laid(constant, x);
    if (laid.isPresent() && laid.get().isSingle()) {
      return Optional.of(scaled(call, x, Call.shortest((float) constant.single())));
    }
    if (laid.isEmpty() || !Joins.isByChannel(laid.get(), shape) || !constant.isFinite()) {
      return Optional.empty();
    }
    String name = LayerName.of(call.node(), constant.name());
    LayerPlan plan = new ScalePlan(laid.get(), Optional.empty());
    return Optional.of(x.with(call.draft().add(name, plan, x.node())));
  }

  /** A view times one number. */
  static View scaled(Call call, View x, double factor) throws Refusal {
    if (factor == 1) {
      return x;
    }
    if (!Double.isFinite(factor)) {
      return FunctionOperators.apply(call, x, new Activation.Linear(factor, 0));
    }
    List<Integer> channels = List.of(call.draft().shape(x.node()).channels());
    Op scale = new Op.Scale(new Recipe.Filled(factor, channels), new Recipe.Filled(0, channels));
    return x.with(call.draft().add(call.name(), scale, x.node()));
  }

  static Constant filled(double value, int count) {
    return Constant.of(
        List.of(count, 1, 1),
        Onnx.DataType.DOUBLE,
        Collections.nCopies(count, value).stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** {@code x * factor + shift} by channel; the shift may be added later. */
  private record ScalePlan(Constant factor, Optional<Constant> shift) implements LayerPlan {
    @Override
    public Op op(LayerTensors tensors) {
      List<Integer> shape = List.of(factor.size());
      return new Op.Scale(
          tensors.keep(".weight", shape, factor),
          tensors.keep(".bias", shape, shift.orElseGet(() -> filled(0, factor.size()))));
    }
  }

  /** Combines any number of values, one after the other. */
  private static View all(Call call, Operator operator) throws Refusal {
    if (call.inputs().size() == 2) {
      return binary(call, operator);
    }
    Value joined = call.input(0);
    for (int i = 1; i < call.inputs().size(); i++) {
      View both = new Joins(call).combine(operator, joined, call.input(i), call.name());
      joined = new Value.Computed(both);
    }
    return joined instanceof Value.Computed(View all) ? all : call.view(0);
  }

  private static View mean(Call call) throws Refusal {
    return scaled(call, all(call, Operator.ADD), 1.0 / call.inputs().size());
  }
}
