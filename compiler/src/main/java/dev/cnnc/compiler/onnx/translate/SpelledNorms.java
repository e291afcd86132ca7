package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.onnx.Onnx.DataType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Imports norms and reductions that are spelled with other layers. */
final class SpelledNorms {

  private static final double USUAL_EPSILON = 1e-5;

  private SpelledNorms() {}

  static Map<String, Translator> all() {
    return Map.of(
        "LpNormalization", Translator.of(SpelledNorms::lp),
        "RMSNormalization", Translator.of(SpelledNorms::rootMeanSquare),
        "MeanVarianceNormalization", Translator.of(SpelledNorms::meanVariance),
        "GlobalLpPool", Translator.of(SpelledNorms::pool),
        "ReduceLogSum", Translator.of(SpelledNorms::logSum),
        "ReduceLogSumExp", Translator.of(SpelledNorms::logSumExp));
  }

  private static Reducer power(Call call) throws Refusal {
    long p = call.whole("p", 2);
    if (p != 1 && p != 2) {
      throw new Refusal("has p " + p, "use 1 or 2");
    }
    return p == 1 ? Reducer.L1 : Reducer.L2;
  }

  private static View lp(Call call) throws Refusal {
    View x = call.view(0);
    Spelling it = new Spelling(call);
    List<Integer> axes = List.of(Call.axis(call.whole("axis", -1), x.rank()));
    View norm = it.reduced(x, power(call), axes);
    return it.combine(Operator.DIV, x, it.divisor(norm));
  }

  private static View rootMeanSquare(Call call) throws Refusal {
    View x = call.view(0);
    Spelling it = new Spelling(call);
    int axis = Call.axis(call.whole("axis", -1), x.rank());
    List<Integer> axes = IntStream.range(axis, x.rank()).boxed().toList();
    View mean = it.reduced(it.apply(x, Elementary.SQUARE), Reducer.MEAN, axes);
    View shifted = it.linear(mean, 1, call.real("epsilon", USUAL_EPSILON));
    View norm = it.combine(Operator.DIV, x, it.apply(shifted, Elementary.SQRT));
    return it.times(norm, call.known(1, "scale"));
  }

  private static View meanVariance(Call call) throws Refusal {
    View x = call.view(0);
    Spelling it = new Spelling(call);
    List<Integer> axes = call.wholes("axes").orElse(List.of(0, 2, 3));
    for (int axis : axes) {
      Call.axis(axis, x.rank());
    }
    View centred = it.combine(Operator.SUB, x, it.reduced(x, Reducer.MEAN, axes));
    View variance = it.reduced(it.apply(centred, Elementary.SQUARE), Reducer.MEAN, axes);
    View deviation = it.linear(it.apply(variance, Elementary.SQRT), 1, 1e-9);
    return it.combine(Operator.DIV, centred, deviation);
  }

  private static View pool(Call call) throws Refusal {
    View x = call.view(0);
    Spelling it = new Spelling(call);
    List<Integer> axes = IntStream.range(2, x.rank()).boxed().toList();
    long p = call.whole("p", 2);
    if (p <= 2) {
      return it.reduced(x, power(call), axes);
    }
    View powers = it.apply(it.apply(x, Elementary.ABS), new Activation.Power(p));
    return it.apply(it.reduced(powers, Reducer.SUM, axes), new Activation.Power(1.0 / p));
  }

  private static View logSum(Call call) throws Refusal {
    Spelling it = new Spelling(call);
    View x = call.view(0);
    View sum = it.reduced(x, Reducer.SUM, ReduceOperators.axes(call, x.rank()));
    return ReduceOperators.kept(call, it.apply(sum, Elementary.LOG), x);
  }

  /** The largest number is taken out, so that no exponential overflows. */
  private static View logSumExp(Call call) throws Refusal {
    Spelling it = new Spelling(call);
    View x = call.view(0);
    List<Integer> axes = ReduceOperators.axes(call, x.rank());
    View most = it.reduced(x, Reducer.MAX, axes);
    View powers = it.apply(it.combine(Operator.SUB, x, most), Elementary.EXP);
    View logarithm = it.apply(it.reduced(powers, Reducer.SUM, axes), Elementary.LOG);
    return ReduceOperators.kept(call, it.combine(Operator.ADD, logarithm, most), x);
  }

  /** A batch norm with numbers for each pixel, as spatial=0 of old versions has it. */
  static View ofPixels(Call call, View x, List<Constant> parameters, double epsilon)
      throws Refusal {
    Spelling it = new Spelling(call);
    double[] factor = parameters.get(0).doubles().get().clone();
    double[] shift = parameters.get(1).doubles().get().clone();
    double[] mean = parameters.get(2).doubles().get();
    double[] variance = parameters.get(3).doubles().get();
    for (int i = 0; i < factor.length; i++) {
      factor[i] /= Math.sqrt(variance[i] + epsilon);
      shift[i] -= mean[i] * factor[i];
    }
    List<Integer> sizes = parameters.getFirst().sizes();
    Constant by = Constant.of(sizes, DataType.DOUBLE, factor).named("factor");
    Constant plus = Constant.of(sizes, DataType.DOUBLE, shift).named("shift");
    View scaled = it.times(x, by);
    return it.combine(Operator.ADD, new Value.Computed(scaled), new Value.Known(plus));
  }
}
