package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.ConvKernels.Panels;
import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.runtime.weights.Tile;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What kernels share at one width of vectors.
 *
 * @param panels the loops over outputs of convs and fcs: written once, because they are the longest
 */
record Parts(Lanes lanes, Shared shared, Map<TileSet, Panels> panels) {
  Parts {
    panels = Map.copyOf(panels);
  }

  static Parts of(Lanes lanes, Shared shared) {
    Map<TileSet, Panels> panels = new EnumMap<>(TileSet.class);
    for (TileSet set :
        List.of(TileSet.CONV, TileSet.STREAMED_CONV, TileSet.GROUPED_CONV, TileSet.FC)) {
      if (shared.uses(set)) {
        Sharing sharing = set == TileSet.FC ? Sharing.FC : Sharing.RUNS;
        panels.put(set, Panels.of(lanes, set, shared.tiles(set, lanes), shared.finishing(sharing)));
      }
    }
    if (shared.uses(TileSet.LISTED)) {
      panels.put(
          TileSet.LISTED,
          FewChannelsKernel.panels(
              lanes, shared.tiles(TileSet.LISTED, lanes), shared.finishing(Sharing.LISTED)));
    }
    return new Parts(lanes, shared, panels);
  }

  Panels panels(TileSet set) {
    return Objects.requireNonNull(panels.get(set), () -> "no kernel asked for tiles of " + set);
  }

  List<Tile> tiles(TileSet set) {
    return shared.tiles(set, lanes);
  }

  Finishing finishing(Sharing sharing) {
    return shared.finishing(sharing);
  }

  /** All epilogues of accumulators in memory. */
  Collection<Epilogue> inMemory() {
    return shared.inMemory();
  }
}
