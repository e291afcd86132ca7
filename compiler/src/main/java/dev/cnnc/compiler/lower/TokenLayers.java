package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Layers of transformers. A token is a pixel, so these layers also work on pictures. */
final class TokenLayers {

  private TokenLayers() {}

  static List<Layer> all() {
    return List.of(
        Layer.of(
            "layernorm",
            Manual.of(
                "Layer norm: (x - mean) / sqrt(variance + eps) * `weight` + `bias`, with the mean"
                    + " and variance over the channels of each pixel.",
                "layernorm",
                "[c, h, w]",
                "weight [c]",
                "bias [c]"),
            List.of(optional("eps", Kind.NOT_NEGATIVE, Datum.of(1e-6))),
            (a, in) ->
                new Op.LayerNorm(
                    a.tensor("weight", in.channels()),
                    a.tensor("bias", in.channels()),
                    a.number("eps"))),
        Layer.of(
            "attend",
            Manual.of(
                "The core of attention: softmax(q k / sqrt(d)) v between all pixels, for each head."
                    + " The channels of the input are all queries, then all keys, then all values,"
                    + " with d channels for each head. Use it if a network names its projections"
                    + " differently from `attention`.",
                "attend(heads: 2)",
                "[c / 3, h, w]"),
            List.of(required("heads", Kind.COUNT)),
            (a, _) -> new Op.Attention(a.integer("heads"))),
        new Layer(
            "attention",
            Manual.of(
                "Multi-head self-attention, `torch.nn.MultiheadAttention`: an fc for queries, keys"
                    + " and values, `attend`, and an fc for the output.",
                "attention(heads: 2)",
                "[c, h, w]",
                "in_proj_weight [3 * c, c]",
                "in_proj_bias [3 * c]",
                "out_proj.weight [c, c]",
                "out_proj.bias [c]"),
            List.of(required("heads", Kind.COUNT), optional("bias", Kind.SWITCH, Datum.of(true))),
            false,
            List.of(
                new Layer.Part(".in_proj", TokenLayers::project),
                new Layer.Part("", (a, _) -> new Op.Attention(a.integer("heads"))),
                new Layer.Part(".out_proj", TokenLayers::projectBack))));
  }

  private static Op project(Arguments a, Shape in) throws Refusal {
    if (in.channels() % a.integer("heads") != 0) {
      throw new Refusal(
          String.format(
              Locale.ROOT,
              "cannot split %,d channels into %,d heads",
              in.channels(),
              a.integer("heads")),
          "the number of heads must divide the channels");
    }
    if (3L * in.channels() > Integer.MAX_VALUE) {
      throw new Refusal("gives more than 2,147,483,647 channels", "fewer channels");
    }
    int all = 3 * in.channels();
    return WeightedLayers.perPixel(
        in,
        a.tensor("in_proj_weight", all, in.channels()),
        a.flag("bias") ? Optional.of(a.tensor("in_proj_bias", all)) : Optional.empty(),
        Epilogue.NONE);
  }

  private static Op projectBack(Arguments a, Shape in) {
    return WeightedLayers.perPixel(
        in,
        a.tensor("out_proj.weight", in.channels(), in.channels()),
        a.flag("bias") ? Optional.of(a.tensor("out_proj.bias", in.channels())) : Optional.empty(),
        Epilogue.NONE);
  }
}
