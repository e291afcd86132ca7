package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Rearrangement;
import java.util.List;

/** Layers that move elements: reshape, permute, pixel shuffle. */
final class RearrangingLayers {

  private RearrangingLayers() {}

  static List<Layer> all() {
    return List.of(
        Layer.of(
            "reshape",
            Manual.of(
                "The same elements in another shape, in the order channels, rows, columns, as"
                    + " `torch.Tensor.view`. A value has three axes, without a batch.",
                "reshape([3, 16, 8])",
                "[3, 16, 8]"),
            List.of(required("shape", Kind.SHAPE)),
            (a, _) -> {
              List<Integer> sides = a.integers("shape");
              return new Rearrangement.Reshape(
                  sides.getFirst(),
                  sides.size() > 1 ? sides.get(1) : 1,
                  sides.size() > 2 ? sides.get(2) : 1);
            }),
        Layer.of(
            "permute",
            Manual.of(
                "The axes in another order, as `torch.permute`. Axis 0 is the channels, 1 the rows,"
                    + " 2 the columns.",
                "permute([2, 0, 1])",
                "[w, c, h]"),
            List.of(required("order", Kind.ORDER)),
            (a, _) -> new Rearrangement.Permute(a.integers("order"))),
        Layer.of(
            "pixel_shuffle",
            Manual.of(
                "Depth to space, `torch.nn.PixelShuffle`: factor * factor channels become a square"
                    + " of factor by factor pixels.",
                "pixel_shuffle(1)",
                "[c / factor / factor, h * factor, w * factor]"),
            List.of(required("factor", Kind.COUNT)),
            (a, _) -> new Rearrangement.PixelShuffle(a.integer("factor"))),
        Layer.of(
            "pixel_unshuffle",
            Manual.of(
                "Space to depth, `torch.nn.PixelUnshuffle`: a square of factor by factor pixels"
                    + " becomes factor * factor channels.",
                "pixel_unshuffle(2)",
                "[c * factor * factor, h / factor, w / factor]"),
            List.of(required("factor", Kind.COUNT)),
            (a, _) -> new Rearrangement.PixelUnshuffle(a.integer("factor"))));
  }
}
