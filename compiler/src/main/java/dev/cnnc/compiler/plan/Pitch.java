package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.kernel.Attention;
import dev.cnnc.compiler.plan.kernel.ConvTranspose;
import dev.cnnc.compiler.plan.kernel.Depthwise;
import dev.cnnc.compiler.plan.kernel.Fc;
import dev.cnnc.compiler.plan.kernel.Flatten;
import dev.cnnc.compiler.plan.kernel.GroupNorm;
import dev.cnnc.compiler.plan.kernel.GroupedConv;
import dev.cnnc.compiler.plan.kernel.GroupedStrips;
import dev.cnnc.compiler.plan.kernel.PlanarConv;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import dev.cnnc.compiler.plan.kernel.SpaceToDepth;
import dev.cnnc.compiler.plan.kernel.StripConv;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import dev.cnnc.compiler.plan.kernel.WinogradConv;
import dev.cnnc.runtime.weights.Tile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The floats from one pixel to the next of an NHWC picture.
 *
 * <p>An L1 cache has 64 sets of lines. If a pixel is a multiple of four lines, one channel of all
 * pixels lies in few of the sets: in 16 for 192 channels, in two for 512. A kernel that moves a
 * window over such a picture finds no pixel in the cache again. With one more line a pixel the
 * channel lies in all sets.
 *
 * @param inRuns nodes whose neighbouring pixels a conv reads in one run, so they stay side by side
 * @param clashing nodes that a kernel reads or writes a few channels of many pixels at a time, and
 *     the floats of a pixel from which on another line pays
 */
record Pitch(Set<Integer> inRuns, Map<Integer, Integer> clashing) {

  /** Floats of a pixel whose multiples leave at most a quarter of the sets to a channel. */
  private static final int QUARTER = 4 * Arena.LINE;

  Pitch {
    inRuns = Set.copyOf(inRuns);
    clashing = Map.copyOf(clashing);
  }

  static Pitch of(Graph graph, Choices choices) {
    Set<Integer> inRuns = new HashSet<>();
    Map<Integer, Integer> clashing = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (!(node.op() instanceof Op.Conv)) {
        continue;
      }
      int input = node.inputs().getFirst();
      switch (choices.of(node).kernel()) {
        case Depthwise _, GroupedStrips _ -> {
          clashing.put(input, QUARTER);
          clashing.put(node.id(), QUARTER);
        }
        // It reads at most 64 pixels at a time, which a quarter of the sets hold.
        case WinogradConv _ -> clashing.putIfAbsent(input, 2 * QUARTER);
        case TiledConv conv when conv.window().width() > 1 -> inRuns.add(input);
        // They read a pixel whole, or copy what they read, or are no convs.
        case TiledConv _,
            StripConv _,
            GroupedConv _,
            PlanarConv _,
            ConvTranspose _,
            SpaceToDepth _,
            Fc _,
            Attention _,
            Flatten _,
            GroupNorm _,
            RowByRow _ -> {}
      }
    }
    return new Pitch(inRuns, clashing);
  }

  /** The pitch of the value of {@code node}. */
  int of(Node node) {
    Shape shape = node.shape();
    int floats = Tile.padded(shape.channels());
    boolean clashes =
        shape.height() > 1
            && shape.width() > 1
            && floats % QUARTER == 0
            && floats >= clashing.getOrDefault(node.id(), Integer.MAX_VALUE);
    return clashes && !inRuns.contains(node.id()) ? floats + Arena.LINE : floats;
  }
}
