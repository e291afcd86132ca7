package dev.cnnc.compiler.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Gives every storage its offset: each at the lowest place where nothing that is alive with it
 * lies, the largest first ("greedy by size", Pisarchyk and Lee, Efficient Memory Management for
 * Deep Neural Net Inference, 2020) or in another order, whichever needs least.
 *
 * @param offsets in floats, in the order of the storages
 * @param size floats in all
 */
record Arena(List<Integer> offsets, int size) {

  /**
   * Floats of a cache line, where storages begin: no vector load of an aligned pixel crosses one.
   */
  static final int LINE = 16;

  /**
   * Where the first float lies: behind the 16 bytes of an array's header, at the beginning of a
   * cache line, since the JVM gives large arrays regions of their own. Vectors that cross lines
   * cost twice: with aligned ones depthwise convs are 1.4 times as fast.
   */
  static final int FIRST = 12;

  Arena {
    offsets = List.copyOf(offsets);
  }

  private static final List<ToLongFunction<Storage>> ORDERS =
      List.of(
          storage -> -storage.size(),
          // A node is two moments.
          storage -> -(long) storage.size() * (storage.to() - storage.from() + 2),
          storage -> storage.from() - storage.to(),
          Storage::from);

  /** The smallest that any order gives. */
  static Arena of(List<Storage> storages) {
    return ORDERS.stream()
        .map(order -> of(storages, order))
        .min(Comparator.comparingInt(Arena::size))
        .orElseThrow();
  }

  private static Arena of(List<Storage> storages, ToLongFunction<Storage> order) {
    int[] offsets = new int[storages.size()];
    Arrays.fill(offsets, -1);
    List<Integer> placed = new ArrayList<>();
    List<Integer> inOrder =
        IntStream.range(0, storages.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> order.applyAsLong(storages.get(i))))
            .toList();
    int size = 0;
    for (int next : inOrder) {
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
    return new Arena(
        Arrays.stream(offsets).mapToObj(offset -> FIRST + offset).toList(), FIRST + size);
  }

  /**
   * The floats of the largest set of storages that are alive at one moment: no plan needs fewer.
   */
  static long lowerBound(List<Storage> storages) {
    return storages.stream()
        .mapToInt(Storage::from)
        .mapToLong(moment -> alive(storages, moment))
        .max()
        .orElse(0);
  }

  /** The floats of all storages that are alive at a moment. */
  static long alive(List<Storage> storages, int moment) {
    return storages.stream()
        .filter(storage -> storage.from() <= moment && moment <= storage.to())
        .mapToLong(Storage::size)
        .sum();
  }

  private static int aligned(int floats) {
    return Math.multiplyExact(Math.ceilDiv(floats, LINE), LINE);
  }
}
