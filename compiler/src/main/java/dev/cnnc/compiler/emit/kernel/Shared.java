package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.runtime.weights.Tile;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the kernels of a network share, gathered from what each of its steps needs. */
final class Shared {
  /** Every epilogue in use, keyed by its {@code Finish} constant. */
  private final Map<String, Epilogue> epilogues = new LinkedHashMap<>();

  /** Those of accumulators in memory. */
  private final Map<String, Epilogue> inMemory = new LinkedHashMap<>();

  private final Map<Sharing, Map<String, Epilogue>> inRegisters = new EnumMap<>(Sharing.class);

  /** Convs of which some store their accumulators first. */
  private final Set<Sharing> stored = new TreeSet<>();

  private final Map<TileSet, Set<Integer>> outputs = new EnumMap<>(TileSet.class);

  private int largestGroup;
  private boolean everySecond;

  /** Notes what {@code step} needs. */
  void add(Step step, List<Need> needs) {
    for (Need need : needs) {
      switch (need) {
        case Need.Tiles tiles -> outputs(tiles.set()).add(tiles.outputs().applyAsInt(step));
        case Need.InRegisters(Sharing sharing, Epilogue epilogue) -> {
          put(epilogues, epilogue);
          put(inRegisters.computeIfAbsent(sharing, _ -> new LinkedHashMap<>()), epilogue);
        }
        case Need.InMemory(Sharing sharing, Epilogue epilogue) -> {
          put(epilogues, epilogue);
          put(inMemory, epilogue);
          stored.add(sharing);
        }
        case Need.Exchanges(int group) -> largestGroup = Math.max(largestGroup, group);
        case Need.EverySecond() -> everySecond = true;
      }
    }
  }

  private static void put(Map<String, Epilogue> epilogues, Epilogue epilogue) {
    epilogues.putIfAbsent(TileFinish.constant(epilogue), epilogue);
  }

  private Set<Integer> outputs(TileSet set) {
    return outputs.computeIfAbsent(set, _ -> new TreeSet<>());
  }

  /** Names of the constants for epilogues, in order. */
  List<String> finishes() {
    return List.copyOf(epilogues.keySet());
  }

  /** Channels of the largest group whose sums a butterfly adds up. */
  int largestGroup() {
    return largestGroup;
  }

  /** Whether every second lane is kept. */
  boolean everySecond() {
    return everySecond;
  }

  /** All epilogues of accumulators in memory. */
  Collection<Epilogue> inMemory() {
    return inMemory.values();
  }

  Finishing finishing(Sharing sharing) {
    Map<String, Epilogue> here = inRegisters.getOrDefault(sharing, Map.of());
    return new Finishing(here.values(), stored.contains(sharing), inMemory());
  }

  /** The tiles of a set that some layer is covered with. */
  List<Tile> tiles(TileSet set, Lanes lanes) {
    Set<Integer> counts = outputs(set);
    return Tile.of(set.use(), lanes.floats()).stream()
        .filter(
            tile ->
                counts.stream()
                    .anyMatch(count -> Tile.cover(set.use(), lanes.floats(), count).contains(tile)))
        .toList();
  }

  boolean uses(TileSet set) {
    return outputs.containsKey(set);
  }
}
