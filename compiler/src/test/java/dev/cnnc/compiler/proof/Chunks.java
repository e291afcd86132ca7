package dev.cnnc.compiler.proof;

import java.util.Arrays;
import java.util.function.Predicate;

/** Makes a file that fails shorter, as long as it fails: delta debugging over its bytes. */
final class Chunks {

  /** A file of a megabyte shall not take a day. */
  private static final int MOST_TRIALS = 4_000;

  private Chunks() {}

  /** Takes out halves, then quarters, and so on down to single bytes. */
  static byte[] shortest(byte[] file, Predicate<byte[]> fails) {
    byte[] shortest = file;
    int trials = 0;
    for (int size = Math.max(1, file.length / 2); ; size = Math.max(1, size / 2)) {
      boolean shorter = false;
      for (int from = 0; from < shortest.length && trials < MOST_TRIALS; ) {
        byte[] without = without(shortest, from, size);
        trials++;
        if (fails.test(without)) {
          shortest = without;
          shorter = true;
        } else {
          from += size;
        }
      }
      if (trials >= MOST_TRIALS || (size == 1 && !shorter)) {
        return shortest;
      }
    }
  }

  private static byte[] without(byte[] file, int from, int size) {
    int behind = Math.min(file.length, from + size);
    byte[] without = Arrays.copyOf(file, file.length - (behind - from));
    System.arraycopy(file, behind, without, from, file.length - behind);
    return without;
  }
}
