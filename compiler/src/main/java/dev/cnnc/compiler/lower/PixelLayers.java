package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Op.Reduction;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import java.util.ArrayList;
import java.util.List;

/** Layers without weights that change the shape: pools, and what cuts, pads and reshapes. */
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
            "The largest element under a window; padding never wins; ceil rounds the output up.",
            pool,
            (a, in) -> new Op.Pool(Reduction.MAX, a.window(in), a.flag("ceil"), false)),
        Layer.of(
            "avgpool",
            "The average under a window; count_pad divides by the padded pixels too, as PyTorch.",
            averagePool,
            (a, in) ->
                new Op.Pool(Reduction.AVERAGE, a.window(in), a.flag("ceil"), a.flag("count_pad"))),
        Layer.of(
            "gap",
            "The average over all pixels.",
            List.of(),
            (_, _) -> new Op.GlobalPool(Reduction.AVERAGE)),
        Layer.of(
            "gmp",
            "The largest of all pixels.",
            List.of(),
            (_, _) -> new Op.GlobalPool(Reduction.MAX)),
        Layer.of(
            "adaptive_avgpool",
            "Averages down to so many pixels; they must divide what comes in.",
            List.of(required("size", Kind.SIZE)),
            PixelLayers::adaptive),
        Layer.of(
            "flatten",
            "A vector of all elements in the order channels, rows, columns.",
            List.of(),
            (_, _) -> new Op.Flatten()),
        Layer.of(
            "slice",
            "The channels from, up to and not including to.",
            List.of(required("from", Kind.NATURAL), required("to", Kind.COUNT)),
            (a, _) -> new Op.Slice(a.integer("from"), a.integer("to"))),
        Layer.of(
            "shuffle",
            "Deals the channels out: the first of each group, then the second of each, and so on.",
            List.of(required("groups", Kind.COUNT)),
            (a, _) -> new Op.Shuffle(a.integer("groups"))),
        Layer.of(
            "crop",
            "So many pixels, from row top and column left on.",
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
            "Zeros around pixels, and before and behind the channels.",
            List.of(
                optional("pixels", Kind.PADDING, Datum.of(0)),
                optional(
                    "channels", Kind.PAIR, new Datum.Listed(List.of(Datum.of(0), Datum.of(0))))),
            PixelLayers::zeros),
        Layer.of(
            "upsample",
            "Every pixel becomes so many equal ones.",
            List.of(required("factor", Kind.SIZE)),
            (a, _) ->
                new Op.Upsample((int) a.size("factor").height(), (int) a.size("factor").width())));
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

  private static Op zeros(Arguments a, Shape in) throws Refusal {
    if (a.data().get("pixels") instanceof Datum.Word) {
      throw new Refusal("has no window: same means nothing to it", "write pixels: 1");
    }
    List<Integer> channels = a.integers("channels");
    return new Op.Pad(channels.get(0), channels.get(1), a.padding("pixels"));
  }
}
