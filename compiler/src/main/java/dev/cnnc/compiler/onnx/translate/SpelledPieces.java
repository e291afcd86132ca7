package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.onnx.Onnx.DataType;
import java.util.List;
import java.util.Map;

/** Imports functions of pieces, sums so far, and the largest element, as other layers. */
final class SpelledPieces {

  private SpelledPieces() {}

  static Map<String, Translator> all() {
    return Map.of(
        "IsNaN", Translator.of(SpelledPieces::isNaN),
        "IsInf", Translator.of(SpelledPieces::isInfinite),
        "Shrink", Translator.of(SpelledPieces::shrink),
        "Hardmax", Translator.of(SpelledPieces::hardmax),
        "CumSum", Translator.of(SpelledPieces::sums),
        "TopK", SpelledPieces::largest);
  }

  /** What is above a bound stays, and NaN is above none: 1 and more for all other numbers. */
  private static View isNaN(Call call) throws Refusal {
    Spelling it = new Spelling(call);
    View size = it.linear(it.apply(call.view(0), Elementary.ABS), 1, 1);
    View number = it.apply(size, new Activation.ThresholdedRelu(0.5));
    return it.not(it.apply(number, new Activation.Clip(0, 1)));
  }

  private static View isInfinite(Call call) throws Refusal {
    Spelling it = new Spelling(call);
    boolean above = call.whole("detect_positive", 1) != 0;
    boolean below = call.whole("detect_negative", 1) != 0;
    View x = call.view(0);
    if (!above && !below) {
      throw new Refusal("detects no infinite numbers", "leave it out: it gives 0 only");
    }
    View negative = it.apply(x, Elementary.NEG);
    View side = above && below ? it.apply(x, Elementary.ABS) : above ? x : negative;
    double most = Call.shortest(Float.MAX_VALUE);
    View beyond = it.apply(side, new Activation.ThresholdedRelu(most));
    return it.apply(beyond, new Activation.Clip(0, 1));
  }

  /** What lies beyond the bound on either side, each less its part of the bias. */
  private static View shrink(Call call) throws Refusal {
    Spelling it = new Spelling(call);
    double bias = call.real("bias", 0);
    double bound = call.real("lambd", 0.5);
    if (bound < 0) {
      throw new Refusal("has a lambd of " + bound, "a bound is 0 or more: give its size");
    }
    View x = call.view(0);
    View above = shrunk(it, x, bias, bound);
    return it.combine(Operator.SUB, above, shrunk(it, it.apply(x, Elementary.NEG), bias, bound));
  }

  private static View shrunk(Spelling it, View x, double bias, double bound) throws Refusal {
    View beyond = it.apply(x, new Activation.ThresholdedRelu(bound));
    return bias == 0
        ? beyond
        : it.combine(Operator.SUB, beyond, it.linear(it.positive(beyond), bias, 0));
  }

  /** Before version 13 all dimensions from the axis on are one. */
  private static View hardmax(Call call) throws Refusal {
    Spelling it = new Spelling(call);
    View x = call.view(0);
    if (call.version() >= 13) {
      return TruthOperators.first(it, x, Call.axis(call.whole("axis", -1), x.rank()));
    }
    List<Integer> rows = ViewOperators.flattened(x.sizes(), call.whole("axis", 1));
    View flat = call.layouts().reshaped(x, rows, call.name());
    return call.layouts().reshaped(TruthOperators.first(it, flat, 1), x.sizes(), call.name());
  }

  /**
   * Each element plus that before it, then plus that two before, then four: a product with a
   * triangle of ones would multiply infinite numbers by zero, and takes the square of the length.
   */
  private static View sums(Call call) throws Refusal {
    View x = call.view(0);
    int axis = Call.axis((long) call.known(1, "axis").single(), x.rank());
    boolean reverse = call.flag("reverse");
    Arrangement along = Arrangement.pixels(x.rank(), Arrangement.others(x.rank(), List.of(axis)));
    View ready = call.layouts().arranged(x, along, call.name());
    int sum = ready.node();
    int length = x.size(axis);
    if (call.flag("exclusive")) {
      if (length == 1) {
        double[] zeros = new double[ViewOperators.product(x.sizes())];
        return call.learned(Constant.of(x.sizes(), DataType.FLOAT, zeros).named("zeros"));
      }
      sum = shifted(call, sum, 1, reverse);
    }
    for (int step = 1; step < length; step *= 2) {
      sum = call.draft().add(call.name(), new Op.Add(), sum, shifted(call, sum, step, reverse));
    }
    return View.of(sum, along, x.sizes());
  }

  /** Columns moved to the right, or to the left, with zeros behind them. */
  private static int shifted(Call call, int node, int step, boolean left) throws Refusal {
    Shape shape = call.draft().shape(node);
    Op part = new Op.Crop(0, left ? step : 0, shape.height(), shape.width() - step);
    Padding zeros = left ? new Padding(0, 0, 0, step) : new Padding(0, step, 0, 0);
    int cut = call.draft().add(call.name(), part, node);
    return call.draft().add(call.name(), new Op.Pad(0, 0, zeros), cut);
  }

  /** The largest one and its place; more would have to be sorted. */
  private static List<Value> largest(Call call) throws Refusal {
    long count = call.has(1) ? (long) call.known(1, "k").single() : call.whole("k", 1);
    View x = call.view(0);
    int axis = Call.axis(call.whole("axis", -1), x.rank());
    boolean most = call.whole("largest", 1) != 0;
    if (count != 1) {
      throw new Refusal(
          "sorts: it takes %s of %s elements".formatted(count, x.size(axis)),
          "end the network before it, and let the program sort; k=1 works");
    }
    Spelling it = new Spelling(call);
    View turned = most ? x : it.apply(x, Elementary.NEG);
    return List.of(
        new Value.Computed(it.reduced(x, most ? Reducer.MAX : Reducer.MIN, List.of(axis))),
        new Value.Computed(TruthOperators.place(it, turned, axis, false)));
  }
}
