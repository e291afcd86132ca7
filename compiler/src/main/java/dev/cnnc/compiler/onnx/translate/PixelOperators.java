package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What makes pictures larger or smaller. */
final class PixelOperators {

  private PixelOperators() {}

  static Map<String, Translator> all() {
    return Map.of(
        "Pad", Translator.of(PixelOperators::pad),
        "DepthToSpace", Translator.of(PixelOperators::depthToSpace),
        "SpaceToDepth", Translator.of(PixelOperators::spaceToDepth),
        "Resize", Translator.of(call -> resize(call, 2)),
        "Upsample", Translator.of(call -> resize(call, 1)));
  }

  private static View pad(Call call) throws Refusal {
    View x = SumOperators.picture(call);
    int rank = x.rank();
    List<Integer> pads = pads(call, rank);
    double value = call.has(2) ? call.known(2, "value").single() : call.real("value", 0);
    if (!call.text("mode", "constant").equals("constant") || value != 0) {
      throw new Refusal(
          "pads with something else than zeros, for which there is no layer", "use zeros");
    }
    if (Collections.min(pads) < 0 || pads.getFirst() != 0 || pads.get(rank) != 0) {
      throw new Refusal("has pads " + pads, "pad channels and pixels only");
    }
    boolean picture = rank == 4;
    Op op =
        new Op.Pad(
            pads.get(1),
            pads.get(rank + 1),
            new Padding(
                picture ? pads.get(2) : 0,
                pads.get(rank - 1),
                picture ? pads.get(rank + 2) : 0,
                pads.get(2 * rank - 1)));
    return SumOperators.ofPicture(call, call.draft().add(call.name(), op, x.node()), rank);
  }

  /** All in front, then all behind. */
  private static List<Integer> pads(Call call, int rank) throws Refusal {
    List<Integer> given =
        call.has(1)
            ? call.known(1, "pads").integers()
            : call.wholes("pads")
                .orElseThrow(() -> new Refusal("has no pads", "export the model again"));
    if (!call.has(3)) {
      return given;
    }
    List<Integer> axes = ViewOperators.axes(call, 3, rank).orElse(List.of());
    List<Integer> pads = new ArrayList<>(Collections.nCopies(2 * rank, 0));
    for (int i = 0; i < axes.size(); i++) {
      pads.set(axes.get(i), given.get(i));
      pads.set(rank + axes.get(i), given.get(axes.size() + i));
    }
    return pads;
  }

  private static View depthToSpace(Call call) throws Refusal {
    View x = SumOperators.picture(call);
    int block = Math.toIntExact(call.whole("blocksize", 1));
    boolean depthFirst = call.text("mode", "DCR").equals("DCR");
    int channels =
        depthFirst
            ? call.draft().add(call.name(), new Op.Shuffle(block * block), x.node())
            : x.node();
    int node = call.draft().add(call.name(), new Rearrangement.PixelShuffle(block), channels);
    return SumOperators.ofPicture(call, node, x.rank());
  }

  private static View spaceToDepth(Call call) throws Refusal {
    if (call.view(0).rank() == 4 && call.view(0).size(0) > 1) {
      return spacesToDepth(call, Math.toIntExact(call.whole("blocksize", 1)));
    }
    View x = SumOperators.picture(call);
    int block = Math.toIntExact(call.whole("blocksize", 1));
    int channels = call.draft().shape(x.node()).channels();
    int node = call.draft().add(call.name(), new Rearrangement.PixelUnshuffle(block), x.node());
    int mixed = call.draft().add(call.name(), new Op.Shuffle(channels), node);
    return SumOperators.ofPicture(call, mixed, x.rank());
  }

  /** Of many pictures at once, by the transpose that the standard gives. */
  private static View spacesToDepth(Call call, int block) throws Refusal {
    View x = call.view(0);
    int rows = x.size(2) / block;
    int columns = x.size(3) / block;
    List<Integer> squares = List.of(x.size(0), x.size(1), rows, block, columns, block);
    View split = call.layouts().reshaped(x, squares, call.name());
    return call.layouts()
        .reshaped(
            split.transposed(List.of(0, 3, 5, 1, 2, 4)),
            List.of(x.size(0), x.size(1) * block * block, rows, columns),
            call.name());
  }

  private static View resize(Call call, int scalesInput) throws Refusal {
    View x = SumOperators.picture(call);
    int rows = factor(call, x, scalesInput, 2);
    int columns = factor(call, x, scalesInput, 3);
    if (!repeats(call) || rows < 1 || columns < 1) {
      throw new Refusal(
          "resizes by other than repeating pixels, for which there is no layer",
          "use nearest with a whole factor");
    }
    int node = call.draft().add(call.name(), new Op.Upsample(rows, columns), x.node());
    return SumOperators.ofPicture(call, node, x.rank());
  }

  /** Whether the pixel before a place is taken, which for whole factors repeats each evenly. */
  private static boolean repeats(Call call) throws Refusal {
    String place = call.text("coordinate_transformation_mode", "half_pixel");
    String nearest = call.text("nearest_mode", "round_prefer_floor");
    boolean even =
        switch (place) {
          case "asymmetric" -> nearest.equals("floor");
          case "half_pixel", "pytorch_half_pixel", "half_pixel_symmetric" ->
              nearest.startsWith("round");
          default -> false;
        };
    return call.text("mode", "nearest").equals("nearest") && (even || call.version() < 11);
  }

  /** How often each pixel comes, or 0 where that is not how it is. */
  private static int factor(Call call, View x, int scalesInput, int axis) throws Refusal {
    if (x.rank() != 4 || call.has(3) || call.hasAttribute("axes")) {
      return sizeFactor(call, x, axis);
    }
    List<Double> scales = new ArrayList<>();
    if (call.has(scalesInput)) {
      for (double scale : call.known(scalesInput, "scales").doubles().get()) {
        scales.add(scale);
      }
    }
    double scale = scales.size() == 4 ? scales.get(axis) : 0;
    return scale == Math.rint(scale) ? (int) scale : 0;
  }

  private static int sizeFactor(Call call, View x, int axis) throws Refusal {
    if (x.rank() != 4 || !call.has(3) || call.hasAttribute("axes")) {
      return 0;
    }
    List<Integer> sizes = call.known(3, "sizes").integers();
    return sizes.size() == 4 && sizes.get(axis) % x.size(axis) == 0
        ? sizes.get(axis) / x.size(axis)
        : 0;
  }
}
