package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Recipe;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums and products of two values, or of one and a constant. */
final class ArithmeticOperators {

  private ArithmeticOperators() {}

  static Map<String, Operator> all() {
    Map<String, Operator> all = new HashMap<>();
    all.put("Add", Operator.of(call -> add(call, 1)));
    all.put("Sub", Operator.of(ArithmeticOperators::subtract));
    all.put("Mul", Operator.of(ArithmeticOperators::multiply));
    all.put("Div", Operator.of(ArithmeticOperators::divide));
    all.put("Sum", Operator.of(ArithmeticOperators::sum));
    all.put("Mean", Operator.of(ArithmeticOperators::mean));
    return all;
  }

  /** The place of the constant of two inputs, or -1. */
  private static int constantPlace(Call call) {
    return call.isComputed(0)
        ? call.constant(1).isPresent() ? 1 : -1
        : call.constant(0).isPresent() ? 0 : -1;
  }

  private static View add(Call call, double sign) throws Refusal {
    int place = constantPlace(call);
    if (place < 0) {
      return new Joins(call).add(call.view(0), call.view(1), call.name());
    }
    Constant constant = call.known(place, "constant").times(place == 1 ? sign : 1);
    return plus(call, 1 - place, constant);
  }

  /** Adds a constant to input {@code i}. */
  private static View plus(Call call, int i, Constant constant) throws Refusal {
    View x = call.view(i);
    Draft draft = call.draft();
    Shape shape = draft.shape(x.node());
    Optional<Constant> laid = laid(call, x, constant);
    boolean byChannel =
        laid.isPresent() && (laid.get().isSingle() || Joins.isByChannel(laid.get(), shape));
    if (!byChannel) {
      return new Joins(call).add(x, call.learned(constant), call.name());
    }
    Constant shift = laid.get().expanded(List.of(shape.channels(), 1, 1));
    if (call.isOnlyReader(i) && SumOperators.addBias(draft, x.node(), shift)) {
      return x;
    }
    if (call.isOnlyReader(i) && shiftScale(draft, x.node(), shift)) {
      return x;
    }
    Constant ones = filled(1, shape.channels());
    String name = LayerName.of(call.node(), constant.name());
    return x.with(call.draft().add(name, new ScalePlan(ones, Optional.of(shift)), x.node()));
  }

  /** Gives a scale without a shift this one; false if the node is none. */
  private static boolean shiftScale(Draft draft, int node, Constant shift) throws Refusal {
    if (draft.plan(node) instanceof ScalePlan(Constant factor, Optional<Constant> none)
        && none.isEmpty()) {
      draft.replace(node, new ScalePlan(factor, Optional.of(shift)));
      return true;
    }
    return false;
  }

  private static View subtract(Call call) throws Refusal {
    if (constantPlace(call) == 1) {
      return add(call, -1);
    }
    if (constantPlace(call) == 0) {
      View negative = scaled(call, call.view(1), -1);
      return new Joins(call).add(negative, call.learned(call.known(0, "constant")), call.name());
    }
    View negative = scaled(call, call.view(1), -1);
    return new Joins(call).add(call.view(0), negative, call.name());
  }

  private static View multiply(Call call) throws Refusal {
    int place = constantPlace(call);
    return place < 0
        ? new Joins(call).multiply(call.view(0), call.view(1), call.name())
        : times(call, 1 - place, call.known(place, "constant"));
  }

  private static View divide(Call call) throws Refusal {
    if (constantPlace(call) != 1) {
      throw new Refusal(
          "divides by a computed value, for which there is no layer", "multiply instead");
    }
    return times(call, 0, Folding.reciprocal(call.known(1, "constant")));
  }

  /** Multiplies input {@code i} by a constant. */
  private static View times(Call call, int i, Constant constant) throws Refusal {
    View x = call.view(i);
    Shape shape = call.draft().shape(x.node());
    if (constant.isSingle() && constant.rank() <= x.rank()) {
      return scaled(call, x, Call.shortest((float) constant.single()));
    }
    Optional<Constant> laid = laid(call, x, constant);
    if (laid.isPresent() && Joins.isByChannel(laid.get(), shape)) {
      String name = LayerName.of(call.node(), constant.name());
      LayerPlan plan = new ScalePlan(laid.get(), Optional.empty());
      return x.with(call.draft().add(name, plan, x.node()));
    }
    return new Joins(call).multiply(x, call.learned(constant), call.name());
  }

  private static Optional<Constant> laid(Call call, View x, Constant constant) {
    return new Joins(call).laid(constant, x);
  }

  /** A view times one number. */
  static View scaled(Call call, View x, double factor) throws Refusal {
    if (factor == 1) {
      return x;
    }
    List<Integer> channels = List.of(call.draft().shape(x.node()).channels());
    Op scale = new Op.Scale(new Recipe.Filled(factor, channels), new Recipe.Filled(0, channels));
    return x.with(call.draft().add(call.name(), scale, x.node()));
  }

  static Constant filled(double value, int count) {
    return Constant.of(
        List.of(count, 1, 1),
        false,
        Collections.nCopies(count, value).stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** {@code x * factor + shift} by channel; a shift may still come. */
  private record ScalePlan(Constant factor, Optional<Constant> shift) implements LayerPlan {
    @Override
    public Op op(LayerTensors tensors) {
      List<Integer> shape = List.of(factor.size());
      return new Op.Scale(
          tensors.keep(".weight", shape, factor),
          tensors.keep(".bias", shape, shift.orElseGet(() -> filled(0, factor.size()))));
    }
  }

  private static View sum(Call call) throws Refusal {
    View sum = call.view(0);
    for (int i = 1; i < call.inputs().size(); i++) {
      sum = new Joins(call).add(sum, call.view(i), call.name());
    }
    return sum;
  }

  private static View mean(Call call) throws Refusal {
    return scaled(call, sum(call), 1.0 / call.inputs().size());
  }
}
