package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;

/** Group norm and instance norm, whose averages are computed from each picture. */
final class NormLayers {

  private static final List<Parameter> COMMON =
      List.of(
          optional("eps", Kind.NOT_NEGATIVE, Datum.of(1e-5)),
          optional("affine", Kind.SWITCH, Datum.of(true)));

  private NormLayers() {}

  static List<Layer> all() {
    return List.of(
        Layer.of(
            "groupnorm",
            Manual.of(
                    "Group norm, `torch.nn.GroupNorm`: (x - mean) / sqrt(variance + eps) * `weight`"
                        + " + `bias`, with the mean and variance over all pixels of a group of"
                        + " channels. `affine: false` omits weight and bias.",
                    "groupnorm(2)",
                    "[c, h, w]",
                    "weight [c]",
                    "bias [c]")
                .or("groupnorm(3, affine: false)", "[c, h, w]"),
            List.of(required("groups", Kind.COUNT), COMMON.get(0), COMMON.get(1)),
            (a, in) -> norm(a, in, a.integer("groups"))),
        Layer.of(
            "instancenorm",
            Manual.of(
                "Instance norm, `torch.nn.InstanceNorm2d`: a group norm with one channel in each"
                    + " group. PyTorch's has no weight and bias by default; write `affine: false`"
                    + " for it.",
                "instancenorm",
                "[c, h, w]",
                "weight [c]",
                "bias [c]"),
            COMMON,
            (a, in) -> norm(a, in, in.channels())));
  }

  private static Op norm(Arguments a, Shape in, int groups) {
    int channels = in.channels();
    return a.flag("affine")
        ? new Computation.GroupNorm(
            groups, a.tensor("weight", channels), a.tensor("bias", channels), a.number("eps"))
        : new Computation.GroupNorm(
            groups,
            new Recipe.Filled(1, List.of(channels)),
            new Recipe.Filled(0, List.of(channels)),
            a.number("eps"));
  }
}
