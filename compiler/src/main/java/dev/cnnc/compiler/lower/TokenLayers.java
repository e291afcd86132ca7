package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Layers of transformers. A token is a pixel, so they act on pictures as well. */
final class TokenLayers {

  private TokenLayers() {}

  static List<Layer> all() {
    return List.of(
        Layer.of(
            "layernorm",
            "(x - mean) / sqrt(variance + eps) * NAME.weight + NAME.bias; mean and variance are"
                + " those of the channels of each pixel.",
            List.of(optional("eps", Kind.NOT_NEGATIVE, Datum.of(1e-6))),
            (a, in) ->
                new Op.LayerNorm(
                    a.tensor("weight", in.channels()),
                    a.tensor("bias", in.channels()),
                    a.number("eps"))),
        Layer.of(
            "attend",
            "softmax(q k / sqrt(c)) v between all pixels, for each head; the channels hold all"
                + " queries, all keys, all values, of c channels a head.",
            List.of(required("heads", Kind.COUNT)),
            (a, _) -> new Op.Attention(a.integer("heads"))),
        new Layer(
            "attention",
            "Multi-head self-attention as torch.nn.MultiheadAttention: an fc with"
                + " NAME.in_proj_weight and NAME.in_proj_bias to queries, keys and values, attend,"
                + " and an fc with NAME.out_proj.weight and NAME.out_proj.bias.",
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
