package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Interpolation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Rearrangement.Side;
import dev.cnnc.compiler.ir.Shape;
import java.util.List;

/** Layers that resize or pad pictures. */
final class ResizingLayers {

  private static final String MODE = "mode";

  private ResizingLayers() {}

  static List<Layer> all() {
    return List.of(
        Layer.of(
            "border",
            Manual.of(
                    "Padding around the pixels: with `value`, or by `mode` with the mirrored"
                        + " picture (`reflect`), its edge (`edge`), or its opposite side (`wrap`)."
                        + " A negative number crops.",
                    "border(1, mode: reflect)",
                    "[c, h + top + bottom, w + left + right]")
                .or("border([1, -2, 0, 0], value: 0.5)", "[c, 9, 6]"),
            List.of(
                required("pixels", Kind.BORDER),
                optional(MODE, Kind.MODE, new Datum.Word("constant")),
                optional("value", Kind.EXTENDED, Datum.of(0.0))),
            (a, _) -> border(a)),
        Layer.of(
            "resize",
            Manual.of(
                    "The picture in another size, as ONNX's `Resize`. `size` is the size of the"
                        + " output; without it, the output has the sides times `factor`, rounded"
                        + " down. Positions in the input are those of the output divided by the"
                        + " factor; without it, the factor is the ratio of the sides. Positions are"
                        + " exact: a factor is the simplest fraction that rounds to it. Only a"
                        + " 32-bit float that is no small fraction, as ONNX files have it, divides"
                        + " in floats as ONNX Runtime does. For"
                        + " `torch.nn.functional.interpolate` write `coordinates: asymmetric,"
                        + " round: floor` for nearest, `round: round_prefer_ceil` for"
                        + " nearest-exact, `mode: linear` for bilinear, `coordinates:"
                        + " align_corners` where it has that, and `antialias: true,"
                        + " exclude_outside: true` where it has antialias. `round` is only for"
                        + " nearest. `cubic` is the coefficient of the cubic. `exclude_outside:"
                        + " true` ignores pixels beyond the edge; otherwise they have the values of"
                        + " the edge. `tf_crop_and_resize` takes the `part` between two corners,"
                        + " from 0 to 1, and `outside` for positions beyond the picture.",
                    "resize(16x12, mode: linear)",
                    "[c, rows, columns]")
                .or("resize(factor: 2)", "[c, 2 * h, 2 * w]"),
            List.of(
                optional("size", Kind.SIZE, "none"),
                optional("factor", Kind.FACTORS, "none"),
                optional(MODE, Kind.METHOD, new Datum.Word("nearest")),
                optional("coordinates", Kind.COORDINATES, new Datum.Word("half_pixel")),
                optional("round", Kind.ROUNDING, new Datum.Word("round_prefer_floor")),
                optional("cubic", Kind.NUMBER, Datum.of(Interpolation.USUAL_CUBIC)),
                optional("exclude_outside", Kind.SWITCH, Datum.of(false)),
                optional("antialias", Kind.SWITCH, Datum.of(false)),
                optional("part", Kind.PART, "none"),
                optional("outside", Kind.EXTENDED, Datum.of(0.0))),
            ResizingLayers::resize));
  }

  /** Padding with zeros has its own op. */
  private static Op border(Arguments a) {
    Padding pixels = a.padding("pixels");
    Rearrangement.Mode mode = a.word(MODE, Rearrangement.Mode.class);
    double value = a.number("value");
    int least =
        Math.min(Math.min(pixels.top(), pixels.bottom()), Math.min(pixels.left(), pixels.right()));
    return mode == Rearrangement.Mode.CONSTANT && value == 0 && least >= 0
        ? new Op.Pad(0, 0, pixels)
        : new Rearrangement.Border(pixels, mode, value);
  }

  private static Op resize(Arguments a, Shape in) throws Refusal {
    if (!a.has("size") && !a.has("factor")) {
      throw new Refusal("needs a size or a factor", "write resize(16x16) or resize(factor: 2)");
    }
    Interpolation how =
        new Interpolation(
            a.word(MODE, Interpolation.Method.class),
            a.word("coordinates", Interpolation.Coordinates.class),
            a.word("round", Interpolation.Rounding.class),
            a.number("cubic"),
            a.flag("exclude_outside"),
            a.flag("antialias"),
            a.number("outside"));
    boolean part = how.coordinates() == Interpolation.Coordinates.TF_CROP_AND_RESIZE;
    if (part != a.has("part")) {
      throw new Refusal(
          part ? "needs a part to cut out" : "takes a part only if it cuts one out",
          "write part: [0, 0, 0.5, 0.5] beside coordinates: tf_crop_and_resize");
    }
    return new Rearrangement.Resize(side(a, 0, in.height()), side(a, 1, in.width()), how);
  }

  private static Side side(Arguments a, int axis, int input) throws Refusal {
    double factor = a.has("factor") ? a.numbers("factor", 2).get(axis) : 0;
    double length = Side.length(factor, input);
    if (a.has("size")) {
      length = axis == 0 ? a.size("size").height() : a.size("size").width();
    }
    if (length < 1 || length > Integer.MAX_VALUE) {
      throw new Refusal("gives a side of " + length + " pixels", "a factor that keeps some");
    }
    List<Double> part = a.has("part") ? a.numbers("part", 4) : List.of(0.0, 0.0, 1.0, 1.0);
    return new Side(
        (int) length,
        a.has("factor") ? factor : length / input,
        part.get(axis),
        part.get(axis + 2));
  }
}
