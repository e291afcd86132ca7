package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import java.util.List;
import java.util.function.Function;

/** Layers that change every element by itself, or by its neighbours in other channels. */
final class PointwiseLayers {

  private PointwiseLayers() {}

  static List<Layer> all() {
    return List.of(
        plain("relu", "max(x, 0).", new Activation.Relu()),
        plain("relu6", "x clipped to 0 .. 6.", new Activation.Relu6()),
        activation(
            "leaky_relu",
            Manual.of("x where positive, else slope * x.", "leaky_relu(0.1)", "[c, h, w]"),
            List.of(optional("slope", Kind.NUMBER, Datum.of(0.01))),
            a -> new Activation.LeakyRelu(a.number("slope"))),
        plain("sigmoid", "1 / (1 + exp(-x)).", new Activation.Sigmoid()),
        plain("tanh", "The hyperbolic tangent.", new Activation.Tanh()),
        plain("silu", "x * sigmoid(x), also called swish.", new Activation.Silu()),
        plain("hardswish", "x * hardsigmoid(x).", new Activation.Hardswish()),
        plain("hardsigmoid", "(x + 3) / 6, clipped to 0 .. 1.", new Activation.Hardsigmoid()),
        plain("gelu", "x * (1 + erf(x / sqrt(2))) / 2.", new Activation.Gelu()),
        activation(
            "elu",
            Manual.of("x where positive, else alpha * (exp(x) - 1).", "elu", "[c, h, w]"),
            List.of(optional("alpha", Kind.NUMBER, Datum.of(1.0))),
            a -> new Activation.Elu(a.number("alpha"))),
        Layer.of(
            "clip",
            Manual.of("x clipped to min .. max.", "clip(0, 6)", "[c, h, w]"),
            List.of(required("min", Kind.NUMBER), required("max", Kind.NUMBER)),
            (a, _) -> {
              if (a.number("min") > a.number("max")) {
                throw new Refusal("has a min above its max", "write clip(min, max)");
              }
              return new Op.Activate(new Activation.Clip(a.number("min"), a.number("max")));
            }),
        Layer.of(
            "softmax",
            Manual.of(
                "exp(x) / sum of exp(x) over the channels, for every pixel. A network that ends in"
                    + " logits needs none: whoever prints classes applies it.",
                "softmax",
                "[c, h, w]"),
            List.of(),
            (_, _) -> new Op.Softmax(false)),
        Layer.of(
            "log_softmax",
            Manual.of("The logarithm of softmax.", "log_softmax", "[c, h, w]"),
            List.of(),
            (_, _) -> new Op.Softmax(true)),
        Layer.of(
            "lrn",
            Manual.of(
                "Local response norm, `torch.nn.LocalResponseNorm`: x / (k + alpha / size * sum of"
                    + " squares over size neighbouring channels) ^ beta. Where a paper does not"
                    + " divide by size, as AlexNet's, alpha here is size times its alpha.",
                "lrn",
                "[c, h, w]"),
            List.of(
                optional("size", Kind.COUNT, Datum.of(5)),
                optional("alpha", Kind.NUMBER, Datum.of(1e-4)),
                optional("beta", Kind.NUMBER, Datum.of(0.75)),
                optional("k", Kind.NUMBER, Datum.of(1.0))),
            (a, _) ->
                new Op.LocalResponseNorm(
                    a.integer("size"), a.number("alpha"), a.number("beta"), a.number("k"))),
        Layer.of(
            "dropout",
            Manual.of(
                "Does nothing after training; the rate is for the reader. It takes a number like"
                    + " any other layer, so write it where PyTorch has one in a `Sequential`.",
                "dropout(0.2)",
                "[c, h, w]"),
            List.of(optional("rate", Kind.FRACTION, Datum.of(0.5))),
            (_, _) -> new Op.Dropout()));
  }

  private static Layer plain(String name, String formula, Activation function) {
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
