package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.onnx.Onnx.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Imports comparisons, whose results are 0 and 1, and what chooses by them. */
final class TruthOperators {

  private TruthOperators() {}

  static Map<String, Translator> all() {
    Map<String, Translator> all = new HashMap<>();
    put(all, "Greater", it -> it.positive(it.difference(0, 1)));
    put(all, "Less", it -> it.positive(it.difference(1, 0)));
    put(all, "GreaterOrEqual", it -> it.not(it.positive(it.difference(1, 0))));
    put(all, "LessOrEqual", it -> it.not(it.positive(it.difference(0, 1))));
    put(all, "Equal", it -> it.not(it.nonzero(it.difference(0, 1))));
    put(all, "Not", it -> it.not(it.call().view(0)));
    put(all, "And", it -> it.combine(Operator.MUL, it.call().input(0), it.call().input(1)));
    put(all, "Or", it -> it.combine(Operator.MAX, it.call().input(0), it.call().input(1)));
    put(all, "Xor", it -> it.apply(it.difference(0, 1), Elementary.ABS));
    put(all, "Where", TruthOperators::where);
    put(all, "ArgMax", it -> argMax(it, it.call().view(0)));
    put(all, "ArgMin", it -> argMax(it, it.apply(it.call().view(0), Elementary.NEG)));
    return all;
  }

  /** Spells one operator. */
  @FunctionalInterface
  private interface Speller {
    View apply(Spelling spelling) throws Refusal;
  }

  private static void put(Map<String, Translator> all, String operator, Speller speller) {
    all.put(operator, Translator.of(call -> speller.apply(new Spelling(call))));
  }

  /** Each side times 1 or 0; infinite numbers are added instead. */
  private static View where(Spelling it) throws Refusal {
    Call call = it.call();
    if (call.constant(0).isPresent()) {
      Constant yes = call.known(0, "condition").as(DataType.FLOAT);
      Value one = side(it, yes, call.input(1));
      return it.combine(Operator.ADD, one, side(it, not(yes), call.input(2)));
    }
    View yes = call.view(0);
    View no = it.not(yes);
    for (int i = 1; i <= 2; i++) {
      double number = call.constant(i).filter(Constant::isSingle).map(Constant::single).orElse(0.0);
      if (Double.isInfinite(number) && call.constant(3 - i).filter(c -> !c.isFinite()).isEmpty()) {
        View zeroOrMinus = it.apply(i == 1 ? no : yes, Elementary.LOG);
        View infinite = number < 0 ? zeroOrMinus : it.apply(zeroOrMinus, Elementary.NEG);
        return it.combine(Operator.ADD, new Value.Computed(infinite), call.input(3 - i));
      }
    }
    View one = chosen(it, yes, call.input(1));
    return it.combine(Operator.ADD, one, chosen(it, no, call.input(2)));
  }

  private static View chosen(Spelling it, View truth, Value side) throws Refusal {
    if (side instanceof Value.Known(Constant constant)) {
      if (!constant.isFinite()) {
        throw new Refusal("chooses infinite numbers of a tensor", "use a single number");
      }
      return it.times(truth, constant);
    }
    return it.combine(Operator.MUL, new Value.Computed(truth), side);
  }

  /** A side where the condition is known. */
  private static Value side(Spelling it, Constant truth, Value side) throws Refusal {
    if (!(side instanceof Value.Known(Constant constant))) {
      return new Value.Computed(
          it.combine(Operator.MUL, side, new Value.Known(truth.named("mask"))));
    }
    List<Integer> sizes = Broadcast.of(truth.sizes(), constant.sizes());
    double[] values = constant.ofRank(sizes.size()).expanded(sizes).doubles().get().clone();
    double[] truths = truth.ofRank(sizes.size()).expanded(sizes).doubles().get();
    for (int i = 0; i < values.length; i++) {
      values[i] = truths[i] == 0 ? 0 : values[i];
    }
    return new Value.Known(Constant.of(sizes, DataType.FLOAT, values).named("fill"));
  }

  private static Constant not(Constant truth) {
    double[] values = truth.doubles().get().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == 0 ? 1 : 0;
    }
    return Constant.of(truth.sizes(), DataType.FLOAT, values);
  }

  private static View argMax(Spelling it, View x) throws Refusal {
    Call call = it.call();
    int axis = Call.axis(call.whole("axis", 0), x.rank());
    View place = place(it, x, axis, call.flag("select_last_index"));
    if (call.whole("keepdims", 1) != 0) {
      return place;
    }
    List<Integer> left = new ArrayList<>(place.sizes());
    left.subList(axis, axis + 1).clear();
    return call.layouts().reshaped(place, left, call.name());
  }

  /** The place of the largest element, the first or the last of equal ones. */
  static View place(Spelling it, View x, int axis, boolean last) throws Refusal {
    View largest = it.reduced(counts(it, x, axis, last), Reducer.MAX, List.of(axis));
    return last ? it.linear(largest, 1, -1) : it.linear(largest, -1, x.size(axis));
  }

  /** 1 for the first of the largest elements, else 0. */
  static View first(Spelling it, View x, int axis) throws Refusal {
    View counts = counts(it, x, axis, false);
    View largest = it.reduced(counts, Reducer.MAX, List.of(axis));
    return it.not(it.positive(it.combine(Operator.SUB, largest, counts)));
  }

  /**
   * Places, where the element equals the maximum, else 0. They count down, so that the first of
   * them is the largest count, or up for the last.
   */
  private static View counts(Spelling it, View x, int axis, boolean last) throws Refusal {
    int count = x.size(axis);
    View most = it.reduced(x, Reducer.MAX, List.of(axis));
    View equal = it.not(it.positive(it.combine(Operator.SUB, most, x)));
    double[] places = new double[count];
    for (int i = 0; i < count; i++) {
      places[i] = last ? i + 1 : count - i;
    }
    List<Integer> sizes = new ArrayList<>(Collections.nCopies(x.rank(), 1));
    sizes.set(axis, count);
    return it.times(equal, Constant.of(sizes, DataType.FLOAT, places).named("places"));
  }
}
