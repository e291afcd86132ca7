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
                    + " `torch.Tensor.view`. A value has three sides, so there is no batch in"
                    + " front.",
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
                "The axes in another order, as `torch.permute`; 0 are the channels, 1 the rows, 2"
                    + " the columns.",
                "permute([2, 0, 1])",
                "[w, c, h]"),
            List.of(required("order", Kind.ORDER)),
            (a, _) -> new Rearrangement.Permute(a.integers("order"))),
        Layer.of(
            "pixel_shuffle",
            Manual.of(
                "Every factor * factor channels become a square of so many pixels, as"
                    + " `torch.nn.PixelShuffle`.",
                "pixel_shuffle(1)",
                "[c / factor / factor, h * factor, w * factor]"),
            List.of(required("factor", Kind.COUNT)),
            (a, _) -> new Rearrangement.PixelShuffle(a.integer("factor"))),
        Layer.of(
            "pixel_unshuffle",
            Manual.of(
                "The inverse: squares of pixels become channels.",
                "pixel_unshuffle(2)",
                "[c * factor * factor, h / factor, w / factor]"),
            List.of(required("factor", Kind.COUNT)),
            (a, _) -> new Rearrangement.PixelUnshuffle(a.integer("factor"))));
  }
}
