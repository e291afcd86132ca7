package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The loops over the outputs of a block of pixels, one for each tile, the methods they call, and
 * the one that all of these end with.
 */
record Panels(String text, List<KernelMethod> methods, KernelMethod finish) {

  Panels {
    methods = List.copyOf(methods);
  }

  /**
   * Of all layers of one use.
   *
   * @param tiles that cover the outputs of some layer
   */
  static Panels of(Lanes lanes, TileSet set, Collection<Tile> tiles, Finishing finishing) {
    List<KernelMethod> methods = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean listed = set == TileSet.LISTED;
    for (Tile tile : tiles) {
      KernelMethod panel =
          listed
              ? TileKernels.listedPanel(lanes, tile, finishing)
              : TileKernels.panel(lanes, tile, finishing);
      methods.add(panel);
      text.append(
          new Template(
                  """
                  for (; k + ${outputs} <= to; k += ${outputs}) {
                    ${panel}(at, count, ${reads}, ${weights}, bias + k, k, finish, sums);
                  }
                  """)
              .with("outputs", tile.outputs(lanes.floats()))
              .with("reads", listed ? "reads" : "segments, run")
              .with(
                  "weights",
                  PanelReads.of(lanes, tile)
                      .chosen(set.use(), listed ? "reads" : "reduction", "to"))
              .with("panel", panel.name())
              .filled());
    }
    return new Panels(text.toString(), methods, TileFinish.of(lanes, finishing.others()));
  }
}
