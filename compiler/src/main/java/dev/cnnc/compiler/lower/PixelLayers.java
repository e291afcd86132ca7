package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Op.Reduction;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import java.util.ArrayList;
import java.util.List;

/** Layers without weights that change the shape: pooling, slicing, padding, reshaping. */
final class PixelLayers {

  private PixelLayers() {}

  static List<Layer> all() {
    List<Parameter> pool =
        List.of(
            required("size", Kind.SIZE),
            optional("stride", Kind.SIZE, "size"),
            optional("pad", Kind.PADDING, Datum.of(0)),
            optional("dilation", Kind.SIZE, Datum.of(1)),
            optional("ceil", Kind.SWITCH, Datum.of(false)));
    List<Parameter> averagePool = new ArrayList<>(pool);
    averagePool.add(optional("count_pad", Kind.SWITCH, Datum.of(true)));
    return List.of(
        Layer.of(
            "maxpool",
            Manual.of(
                    "The largest element under the window; padding is never the largest.",
                    "maxpool(3x3, stride: 2, pad: 1)",
                    "[c, h_out, w_out]")
                .or("maxpool(3x3, ceil: true)", "[c, h_out, w_out]"),
            pool,
            (a, in) -> new Op.Pool(Reduction.MAX, a.window(in), a.flag("ceil"), false)),
        Layer.of(
            "avgpool",
            Manual.of(
                "The average under the window. Padding is zeros. It counts in the divisor, as in"
                    + " PyTorch by default, unless `count_pad: false`. Pixels that only `ceil` adds"
                    + " never count.",
                "avgpool(2x2)",
                "[c, h_out, w_out]"),
            averagePool,
            (a, in) ->
                new Op.Pool(Reduction.AVERAGE, a.window(in), a.flag("ceil"), a.flag("count_pad"))),
        Layer.of(
            "gap",
            Manual.of(
                "Global average pool: the average over all pixels of a channel. It needs no"
                    + " `flatten` after it.",
                "gap",
                "[c]"),
            List.of(),
            (_, _) -> new Op.GlobalPool(Reduction.AVERAGE)),
        Layer.of(
            "gmp",
            Manual.of("Global max pool: the largest of all pixels of a channel.", "gmp", "[c]"),
            List.of(),
            (_, _) -> new Op.GlobalPool(Reduction.MAX)),
        Layer.of(
            "adaptive_avgpool",
            Manual.of(
                "Adaptive average pool, `torch.nn.AdaptiveAvgPool2d`: averages down to `size`,"
                    + " which must divide the size of the input.",
                "adaptive_avgpool(4x2)",
                "[c, rows, columns]"),
            List.of(required("size", Kind.SIZE)),
            PixelLayers::adaptive),
        Layer.of(
            "flatten",
            Manual.of(
                "All elements as the channels of one pixel, in the order channels, rows, columns,"
                    + " as `torch.flatten(x, 1)`.",
                "flatten",
                "[c * h * w]"),
            List.of(),
            (_, _) -> new Op.Flatten()),
        Layer.of(
            "slice",
            Manual.of(
                    "The channels `from` up to, and not including, `to`; the first channel is 0."
                        + " `axis: 1` slices rows, `axis: 2` columns. `step: 2` takes every second"
                        + " one. A negative step goes backwards; then `to: -1` includes the first.",
                    "slice(0, 2)",
                    "[to - from, h, w]")
                .or("slice(7, -1, axis: 2, step: -2)", "[c, h, 4]"),
            List.of(
                required("from", Kind.NATURAL),
                required("to", Kind.WHOLE),
                optional("axis", Kind.NATURAL, Datum.of(0)),
                optional("step", Kind.WHOLE, Datum.of(1))),
            PixelLayers::slice),
        Layer.of(
            "shuffle",
            Manual.of(
                "Channel shuffle, as in ShuffleNet: the first channel of each group, then the"
                    + " second of each, and so on.",
                "shuffle(2)",
                "[c, h, w]"),
            List.of(required("groups", Kind.COUNT)),
            (a, _) -> new Op.Shuffle(a.integer("groups"))),
        Layer.of(
            "crop",
            Manual.of(
                "A picture of `size` from row `top` and column `left` on. `crop(1x1)` is the first"
                    + " token.",
                "crop(4x6, top: 2)",
                "[c, rows, columns]"),
            List.of(
                required("size", Kind.SIZE),
                optional("top", Kind.NATURAL, Datum.of(0)),
                optional("left", Kind.NATURAL, Datum.of(0))),
            (a, _) ->
                new Op.Crop(
                    a.integer("top"),
                    a.integer("left"),
                    (int) a.size("size").height(),
                    (int) a.size("size").width())),
        Layer.of(
            "zeropad",
            Manual.of(
                    "Zeros around the pixels, and before and after the channels.",
                    "zeropad(1)",
                    "[c, h + top + bottom, w + left + right]")
                .or("zeropad(channels: [4, 4])", "[c + before + after, h, w]"),
            List.of(
                optional("pixels", Kind.MARGIN, Datum.of(0)),
                optional(
                    "channels", Kind.PAIR, new Datum.Listed(List.of(Datum.of(0), Datum.of(0))))),
            PixelLayers::zeros),
        Layer.of(
            "upsample",
            Manual.of(
                "Nearest-neighbour upsampling: every pixel is repeated `factor` times in each"
                    + " direction.",
                "upsample(2)",
                "[c, h * rows, w * columns]"),
            List.of(required("factor", Kind.SIZE)),
            (a, _) ->
                new Op.Upsample((int) a.size("factor").height(), (int) a.size("factor").width())));
  }

  /** Contiguous elements have faster ops. */
  private static Op slice(Arguments a, Shape in) throws Refusal {
    int axis = a.integer("axis");
    int from = a.integer("from");
    int to = a.integer("to");
    int step = a.integer("step");
    if (axis > 2 || step == 0) {
      throw new Refusal(
          axis > 2 ? "has no axis " + axis : "has a step of 0",
          axis > 2 ? "0 are the channels, 1 the rows, 2 the columns" : "step: 1 takes every one");
    }
    if (step == 1) {
      return switch (axis) {
        case 0 -> new Op.Slice(from, to);
        case 1 -> new Op.Crop(from, 0, to - from, in.width());
        default -> new Op.Crop(0, from, in.height(), to - from);
      };
    }
    long count = Math.ceilDiv((long) to - from, (long) step);
    if (count < 1) {
      throw new Refusal("takes nothing from " + from + " to " + to, "exchange from and to");
    }
    return new Rearrangement.Take(axis, from, step, (int) count);
  }

  private static Op adaptive(Arguments a, Shape in) throws Refusal {
    Datum.Size size = a.size("size");
    if (size.height() == 1 && size.width() == 1) {
      return new Op.GlobalPool(Reduction.AVERAGE);
    }
    if (in.height() % size.height() != 0 || in.width() % size.width() != 0) {
      throw new Refusal(
          "cannot average %sx%s pixels down to %s evenly"
              .formatted(in.height(), in.width(), size.written()),
          "use a size that divides both sides, or avgpool");
    }
    int height = (int) (in.height() / size.height());
    int width = (int) (in.width() / size.width());
    Window window = new Window(height, width, height, width, 1, 1, Padding.NONE);
    return new Op.Pool(Reduction.AVERAGE, window, false, true);
  }

  private static Op zeros(Arguments a, Shape ignored) {
    List<Integer> channels = a.integers("channels");
    return new Op.Pad(channels.get(0), channels.get(1), a.padding("pixels"));
  }
}
