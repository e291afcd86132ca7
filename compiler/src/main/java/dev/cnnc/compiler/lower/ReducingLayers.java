package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Axes;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.Optional;

/** Layers that reduce many elements to one. */
final class ReducingLayers {

  private ReducingLayers() {}

  static List<Layer> all() {
    return List.of(
        reduce(
            Reducer.MEAN,
            "The average along some axes, whose sides become 1. Axis 0 is the channels, 1 the rows,"
                + " 2 the columns. `reduce_mean([1, 2])` is `gap`.",
            "[0]",
            "[1, h, w]"),
        reduce(Reducer.MAX, "The largest element along some axes.", "[1, 2]", "[c, 1, 1]"),
        reduce(Reducer.MIN, "The least element along some axes.", "[2]", "[c, h, 1]"),
        reduce(Reducer.SUM, "The sum along some axes.", "[1]", "[c, 1, w]"),
        reduce(Reducer.SUM_SQUARE, "The sum of squares along some axes.", "[0]", "[1, h, w]"),
        reduce(Reducer.L1, "The sum of absolute values along some axes.", "[0, 2]", "[1, h, 1]"),
        reduce(
            Reducer.L2,
            "The square root of the sum of squares along some axes.",
            "[0, 1, 2]",
            "[1, 1, 1]"),
        new Layer(
            "lppool",
            Manual.of(
                "The p-norm under the window, `torch.nn.LPPool2d` of absolute values: (sum of"
                    + " abs(x) ^ p) ^ (1 / p). Padding is zeros.",
                "lppool(2x2, stride: 2)",
                "[c, h_out, w_out]"),
            List.of(
                required("size", Kind.SIZE),
                optional("stride", Kind.SIZE, "size"),
                optional("pad", Kind.PADDING, Datum.of(0)),
                optional("dilation", Kind.SIZE, Datum.of(1)),
                optional("p", Kind.NUMBER, Datum.of(2))),
            false,
            List.of(
                new Layer.Part(".absolutes", ReducingLayers::absolutes),
                new Layer.Part(".powers", (a, _) -> power(a.number("p"))),
                new Layer.Part("", ReducingLayers::sums),
                new Layer.Part(".root", (a, _) -> power(1 / a.number("p"))))));
  }

  private static Layer reduce(Reducer reducer, String does, String example, String shape) {
    return Layer.of(
        reducer.word(),
        Manual.of(does, reducer.word() + "(" + example + ")", shape),
        List.of(required("axes", Kind.AXES)),
        (a, _) -> new Computation.Reduce(reducer, Axes.of(a.integers("axes"))));
  }

  /** Even powers need no absolute values. */
  private static Op absolutes(Arguments a, Shape ignored) throws Refusal {
    double p = a.number("p");
    if (!(p > 0)) {
      throw new Refusal("has a p of 0 or less", "p: 2 is the usual norm");
    }
    return new Op.Activate(p % 2 == 0 ? new Activation.Identity() : Elementary.ABS);
  }

  private static Op power(double exponent) {
    return new Op.Activate(
        exponent == 2
            ? Elementary.SQUARE
            : exponent == 0.5 ? Elementary.SQRT : new Activation.Power(exponent));
  }

  /** Sums of windows: a depthwise conv with weights of 1. */
  private static Op sums(Arguments a, Shape in) {
    Datum.Size size = a.size("size");
    List<Integer> ones = List.of(in.channels(), 1, (int) size.height(), (int) size.width());
    return new Op.Conv(
        in.channels(),
        a.window(in),
        in.channels(),
        new Recipe.Filled(1, ones),
        Optional.empty(),
        Epilogue.NONE);
  }
}
