package dev.cnnc.vision;

/** The place of the largest of some numbers. */
final class Best {
  private Best() {}

  /** The first of the largest of {@code count} numbers, which lie {@code step} apart. */
  static int of(float[] numbers, int from, int count, int step) {
    int best = 0;
    for (int index = 1; index < count; index++) {
      if (numbers[from + index * step] > numbers[from + best * step]) {
        best = index;
      }
    }
    return best;
  }
}
