package dev.cnnc.compiler.emit.kernel;

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
    Map<TileSet, Sharing> sharings =
        Map.of(
            TileSet.CONV, Sharing.RUNS,
            TileSet.STREAMED_CONV, Sharing.RUNS,
            TileSet.GROUPED_CONV, Sharing.RUNS,
            TileSet.LISTED, Sharing.LISTED,
            TileSet.FC, Sharing.FC);
    sharings.forEach(
        (set, sharing) -> {
          if (shared.uses(set)) {
            panels.put(
                set, Panels.of(lanes, set, shared.tiles(set, lanes), shared.finishing(sharing)));
          }
        });
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
