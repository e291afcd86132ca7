package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import java.util.List;
import java.util.Map;

/** Imports operators that change the size of pictures. */
final class PixelOperators {

  private PixelOperators() {}

  static Map<String, Translator> all() {
    return Map.of(
        "Pad", Translator.of(Pads::translate),
        "DepthToSpace", Translator.of(PixelOperators::depthToSpace),
        "SpaceToDepth", Translator.of(PixelOperators::spaceToDepth));
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
