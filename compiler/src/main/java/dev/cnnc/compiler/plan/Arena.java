package dev.cnnc.compiler.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives every storage its offset: the largest first, each at the lowest place where nothing that is
 * alive with it lies ("greedy by size", Pisarchyk and Lee, Efficient Memory Management for Deep
 * Neural Net Inference, 2020).
 *
 * @param offsets in floats, in the order of the storages
 * @param size floats in all
 */
record Arena(List<Integer> offsets, int size) {

  /** A cache line of floats: no vector load of an aligned pixel crosses one. */
  private static final int ALIGNMENT = 16;

  Arena {
    offsets = List.copyOf(offsets);
  }

  static Arena of(List<Storage> storages) {
    int[] offsets = new int[storages.size()];
    Arrays.fill(offsets, -1);
    List<Integer> placed = new ArrayList<>();
    List<Integer> bySize =
        IntStream.range(0, storages.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> -storages.get(i).size()))
            .toList();
    int size = 0;
    for (int next : bySize) {
      Storage storage = storages.get(next);
      List<Integer> neighbours =
          placed.stream()
              .filter(other -> storages.get(other).meets(storage))
              .sorted(Comparator.comparingInt(other -> offsets[other]))
              .toList();
      int offset = 0;
      for (int other : neighbours) {
        if (Math.addExact(offset, storage.size()) <= offsets[other]) {
          break;
        }
        offset = Math.max(offset, aligned(offsets[other] + storages.get(other).size()));
      }
      offsets[next] = offset;
      placed.add(next);
      size = Math.max(size, Math.addExact(offset, aligned(storage.size())));
    }
    return new Arena(Arrays.stream(offsets).boxed().toList(), size);
  }

  /** The floats of the largest set of storages that are alive at one node: no plan needs fewer. */
  static long lowerBound(List<Storage> storages) {
    return storages.stream()
        .mapToInt(Storage::from)
        .mapToLong(
            node ->
                storages.stream()
                    .filter(storage -> storage.from() <= node && node <= storage.to())
                    .mapToLong(Storage::size)
                    .sum())
        .max()
        .orElse(0);
  }

  private static int aligned(int floats) {
    return Math.multiplyExact(Math.ceilDiv(floats, ALIGNMENT), ALIGNMENT);
  }
}
