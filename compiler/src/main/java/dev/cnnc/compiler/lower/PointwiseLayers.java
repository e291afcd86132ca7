package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;

import dev.cnnc.compiler.ir.Op;
import java.util.List;
import java.util.stream.Stream;

/** Layers that compute each element from itself, or from its neighbours in other channels. */
final class PointwiseLayers {

  private PointwiseLayers() {}

  static List<Layer> all() {
    return Stream.concat(FunctionLayers.all().stream(), others().stream()).toList();
  }

  private static List<Layer> others() {
    return List.of(
        Layer.of(
            "softmax",
            Manual.of(
                "exp(x) / sum of exp(x) over the channels, for every pixel. A network that ends in"
                    + " logits needs no softmax: the program that prints classes applies it.",
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
                    + " squares over size neighbouring channels) ^ beta. If a paper does not divide"
                    + " by size, as AlexNet's, alpha here is size times the alpha of the paper.",
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
                "Does nothing after training; the rate is only documentation. It takes a number"
                    + " like any other layer, so write it where PyTorch has one in a `Sequential`.",
                "dropout(0.2)",
                "[c, h, w]"),
            List.of(optional("rate", Kind.FRACTION, Datum.of(0.5))),
            (_, _) -> new Op.Dropout()));
  }
}
