package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Imports operators that change the size of pictures. */
final class PixelOperators {

  private PixelOperators() {}

  static Map<String, Translator> all() {
    return Map.of(
        "Pad", Translator.of(PixelOperators::pad),
        "DepthToSpace", Translator.of(PixelOperators::depthToSpace),
        "SpaceToDepth", Translator.of(PixelOperators::spaceToDepth));
  }

  private static View pad(Call call) throws Refusal {
    View x = PoolOperators.channels(call);
    int rank = x.rank();
    List<Integer> pads = pads(call, rank);
    double value = call.has(2) ? call.known(2, "value").single() : call.real("value", 0);
    Rearrangement.Mode mode =
        switch (call.text("mode", "constant")) {
          case "constant" -> Rearrangement.Mode.CONSTANT;
          case "reflect" -> Rearrangement.Mode.REFLECT;
          case "edge" -> Rearrangement.Mode.EDGE;
          case "wrap" -> Rearrangement.Mode.WRAP;
          default -> throw new Refusal("pads in an unknown mode", "use constant");
        };
    int before = pads.get(1);
    int after = pads.get(rank + 1);
    boolean picture = rank == 4;
    Padding pixels =
        new Padding(
            picture ? pads.get(2) : 0,
            pads.get(rank - 1),
            picture ? pads.get(rank + 2) : 0,
            pads.get(2 * rank - 1));
    boolean zeros = mode == Rearrangement.Mode.CONSTANT && value == 0 && Collections.min(pads) >= 0;
    boolean ofChannels = before != 0 || after != 0;
    if (pads.getFirst() != 0 || pads.get(rank) != 0 || (ofChannels && x.size(0) != 1)) {
      throw new Refusal("pads a batch", "pad channels and pixels only");
    }
    if (ofChannels && !zeros) {
      throw new Refusal("pads channels with other than zeros", "use zeros");
    }
    Op op =
        zeros
            ? new Op.Pad(before, after, pixels)
            : new Rearrangement.Border(pixels, mode, Call.shortest((float) value));
    int node = call.draft().add(call.name(), op, x.node());
    return ofChannels
        ? SumOperators.ofPicture(call, node, rank)
        : PoolOperators.like(call, x, node);
  }

  /** The padding: all starts, then all ends. */
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

  /** SpaceToDepth of several pictures, by the transpose in the standard. */
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
}
