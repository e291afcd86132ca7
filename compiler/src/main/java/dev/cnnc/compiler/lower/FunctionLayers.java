package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Op;
import java.util.List;
import java.util.function.Function;

/** Layers that change every element by itself. */
final class FunctionLayers {

  private FunctionLayers() {}

  static List<Layer> all() {
    return List.of(
        plain(new Activation.Relu(), "max(x, 0)."),
        plain(new Activation.Relu6(), "x clipped to 0 .. 6."),
        activation(
            "leaky_relu",
            Manual.of("x where positive, else slope * x.", "leaky_relu(0.1)", "[c, h, w]"),
            List.of(optional("slope", Kind.NUMBER, Datum.of(0.01))),
            a -> new Activation.LeakyRelu(a.number("slope"))),
        plain(new Activation.Sigmoid(), "1 / (1 + exp(-x))."),
        plain(new Activation.Tanh(), "The hyperbolic tangent."),
        plain(new Activation.Silu(), "x * sigmoid(x), also called swish."),
        plain(new Activation.Hardswish(), "x * hardsigmoid(x)."),
        activation(
            "hardsigmoid",
            Manual.of("alpha * x + beta, clipped to 0 .. 1.", "hardsigmoid", "[c, h, w]"),
            List.of(
                optional("alpha", Kind.NUMBER, Datum.of(1.0 / 6), "1 / 6"),
                optional("beta", Kind.NUMBER, Datum.of(0.5))),
            a -> new Activation.Hardsigmoid(a.number("alpha"), a.number("beta"))),
        activation(
            "gelu",
            Manual.of(
                    "x * (1 + erf(x / sqrt(2))) / 2; `approximate: tanh` has tanh(sqrt(2 / pi) *"
                        + " (x + 0.044715 x^3)) in the place of erf.",
                    "gelu",
                    "[c, h, w]")
                .or("gelu(approximate: tanh)", "[c, h, w]"),
            List.of(optional("approximate", Kind.APPROXIMATION, "none")),
            a -> a.has("approximate") ? Elementary.GELU_TANH : new Activation.Gelu()),
        activation(
            "elu",
            Manual.of("x where positive, else alpha * (exp(x) - 1).", "elu", "[c, h, w]"),
            List.of(optional("alpha", Kind.NUMBER, Datum.of(1.0))),
            a -> new Activation.Elu(a.number("alpha"))),
        Layer.of(
            "clip",
            Manual.of("x clipped to min .. max; either may be omitted.", "clip(0, 6)", "[c, h, w]")
                .or("clip(max: 1)", "[c, h, w]"),
            List.of(optional("min", Kind.BOUND, "none"), optional("max", Kind.BOUND, "none")),
            (a, _) -> clip(a)),
        quantizing(
            "quantize",
            "The whole number nearest to x / scale, the even one of two, plus zero_point, within"
                + " min .. max.",
            false),
        quantizing(
            "fake_quantize",
            "What that whole number stands for, (quantize(x) - zero_point) * scale, as PyTorch and"
                + " ONNX have it.",
            true),
        plain(Elementary.ROUND, "The nearest whole number, the even one of two."),
        plain(Elementary.FLOOR, "The nearest whole number that is not above x."),
        plain(Elementary.CEIL, "The nearest whole number that is not below x."),
        plain(Elementary.SIGN, "1, 0 or -1: of a positive x, of zero, of a negative x."),
        plain(Elementary.SIN, "The sine; from 2^20 on, where floats lie far apart, nan."),
        plain(Elementary.COS, "The cosine; from 2^20 on nan."),
        plain(Elementary.TAN, "The tangent; from 2^20 on nan."),
        plain(Elementary.ASIN, "The arc sine."),
        plain(Elementary.ACOS, "The arc cosine."),
        plain(Elementary.ATAN, "The arc tangent."),
        plain(Elementary.SINH, "The hyperbolic sine."),
        plain(Elementary.COSH, "The hyperbolic cosine."),
        plain(Elementary.ASINH, "The inverse of the hyperbolic sine."),
        plain(
            Elementary.ACOSH, "The inverse of the hyperbolic cosine: 0 or more, and nan below 1."),
        plain(Elementary.ATANH, "The inverse of the hyperbolic tangent."),
        plain(Elementary.ABS, "x without its sign."),
        plain(Elementary.NEG, "-x."),
        plain(Elementary.SQUARE, "x * x."),
        plain(Elementary.SQRT, "The square root."),
        plain(Elementary.RECIPROCAL, "1 / x."),
        activation(
            "power",
            Manual.of(
                "x ^ exponent, as `Math.pow` has it: a negative x has powers of whole exponents.",
                "power(3)",
                "[c, h, w]"),
            List.of(required("exponent", Kind.EXTENDED)),
            a -> new Activation.Power(a.number("exponent"))),
        plain(Elementary.EXP, "e to the x."),
        plain(Elementary.LOG, "The natural logarithm."),
        plain(Elementary.ERF, "The error function."),
        plain(Elementary.SOFTPLUS, "log(1 + exp(x))."),
        plain(Elementary.SOFTSIGN, "x / (1 + abs(x))."),
        plain(Elementary.MISH, "x * tanh(softplus(x))."),
        activation(
            "selu",
            Manual.of("gamma * elu(x, alpha).", "selu", "[c, h, w]"),
            List.of(
                optional("alpha", Kind.NUMBER, Datum.of(Activation.Selu.ALPHA)),
                optional("gamma", Kind.NUMBER, Datum.of(Activation.Selu.GAMMA))),
            a -> new Activation.Selu(a.number("alpha"), a.number("gamma"))),
        Layer.of(
            "celu",
            Manual.of(
                "x where positive, else alpha * (exp(x / alpha) - 1).", "celu(2)", "[c, h, w]"),
            List.of(optional("alpha", Kind.NUMBER, Datum.of(1.0))),
            (a, _) -> {
              if (a.number("alpha") == 0) {
                throw new Refusal("has an alpha of 0, by which it divides", "relu is its limit");
              }
              return new Op.Activate(new Activation.Celu(a.number("alpha")));
            }),
        activation(
            "thresholded_relu",
            Manual.of("x where it is above alpha, else 0.", "thresholded_relu", "[c, h, w]"),
            List.of(optional("alpha", Kind.NUMBER, Datum.of(1.0))),
            a -> new Activation.ThresholdedRelu(a.number("alpha"))),
        activation(
            "swish",
            Manual.of("x * sigmoid(alpha * x).", "swish(1.5)", "[c, h, w]"),
            List.of(optional("alpha", Kind.NUMBER, Datum.of(1.0))),
            a ->
                a.number("alpha") == 1
                    ? new Activation.Silu()
                    : new Activation.Swish(a.number("alpha"))));
  }

  private static Layer quantizing(String name, String formula, boolean back) {
    return Layer.of(
        name,
        Manual.of(formula, name + "(0.05, zero_point: 128, min: 0, max: 255)", "[c, h, w]"),
        List.of(
            required("scale", Kind.NUMBER),
            optional("zero_point", Kind.NUMBER, Datum.of(0.0)),
            optional("min", Kind.NUMBER, Datum.of(-128.0)),
            optional("max", Kind.NUMBER, Datum.of(127.0))),
        (a, _) -> quantize(a, back));
  }

  /** Bounds are the numbers of an integer type of at most 16 bits. */
  private static Op quantize(Arguments a, boolean back) throws Refusal {
    double scale = a.number("scale");
    double zero = a.number("zero_point");
    double least = a.number("min");
    double most = a.number("max");
    if (!((float) scale > 0)) {
      throw new Refusal("has a scale of " + scale, "a scale is above 0");
    }
    for (double bound : new double[] {zero, least, most}) {
      if (bound != Math.rint(bound) || Math.abs(bound) > 1 << 16) {
        throw new Refusal(
            "has a zero_point, min or max of " + bound, "they are whole numbers of 16 bits");
      }
    }
    if (least > most) {
      throw new Refusal("has a min above its max", "exchange them");
    }
    return new Op.Activate(new Activation.Quantize(scale, zero, least, most, back));
  }

  private static Op clip(Arguments a) throws Refusal {
    double least = a.has("min") ? a.number("min") : Double.NEGATIVE_INFINITY;
    double most = a.has("max") ? a.number("max") : Double.POSITIVE_INFINITY;
    if (least > most) {
      throw new Refusal("has a min above its max", "write clip(min, max)");
    }
    return new Op.Activate(new Activation.Clip(least, most));
  }

  private static Layer plain(Activation function, String formula) {
    String name = function.description().layer();
    return Layer.of(
        name,
        Manual.of(formula, name, "[c, h, w]"),
        List.of(),
        (_, _) -> new Op.Activate(function));
  }

  private static Layer activation(
      String name,
      Manual manual,
      List<Parameter> parameters,
      Function<Arguments, Activation> function) {
    return Layer.of(name, manual, parameters, (a, _) -> new Op.Activate(function.apply(a)));
  }
}
