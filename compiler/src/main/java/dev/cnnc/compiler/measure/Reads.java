package dev.cnnc.compiler.measure;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** How fast one thread reads memory that it has read before. */
public final class Reads {
  /** Bytes that are read for one time. */
  private static final long WORK = 1 << 22;

  private static final int LANES = MachineVectors.LANES;
  private static final VectorSpecies<Float> S = MachineVectors.SPECIES;

  private Reads() {}

  /**
   * Nanoseconds for each byte of an array that is read round and round, from the fastest of many
   * times.
   *
   * @param times number of them
   */
  public static double nanosecondsPerByte(int bytes, int times) {
    float[] array = new float[bytes / Float.BYTES];
    int rounds = (int) Math.max(1, WORK / bytes);
    long least = Long.MAX_VALUE;
    float kept = 0;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      for (int round = 0; round < rounds; round++) {
        kept += LANES == 1 ? scalars(array) : vectors(array);
      }
      least = Math.min(least, System.nanoTime() - start);
    }
    if (kept != 0) {
      throw new IllegalStateException("a sum of zeros is not zero");
    }
    return (double) least / rounds / bytes;
  }

  private static float vectors(float[] array) {
    FloatVector y0 = FloatVector.zero(S);
    FloatVector y1 = y0;
    FloatVector y2 = y0;
    FloatVector y3 = y0;
    for (int i = 0; i + 4 * LANES <= array.length; i += 4 * LANES) {
      y0 = y0.add(FloatVector.fromArray(S, array, i));
      y1 = y1.add(FloatVector.fromArray(S, array, i + LANES));
      y2 = y2.add(FloatVector.fromArray(S, array, i + 2 * LANES));
      y3 = y3.add(FloatVector.fromArray(S, array, i + 3 * LANES));
    }
    return y0.add(y1).add(y2).add(y3).lane(0);
  }

  private static float scalars(float[] array) {
    float y0 = 0;
    float y1 = 0;
    float y2 = 0;
    float y3 = 0;
    for (int i = 0; i + 4 <= array.length; i += 4) {
      y0 += array[i];
      y1 += array[i + 1];
      y2 += array[i + 2];
      y3 += array[i + 3];
    }
    return y0 + y1 + y2 + y3;
  }
}
