package dev.cnnc.runtime.weights;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Weights computed from the name and shape of a tensor, so that two engines can be compared without
 * a file. A 64-bit FNV-1a hash of the name seeds SplitMix64, and element i is its i-th number.
 * Every value is rounded to float, as if it had been stored.
 */
public final class Synthetic implements TensorSource {
  private static final long HASH_START = 0xCBF29CE484222325L;
  private static final long HASH_PRIME = 0x100000001B3L;
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /** All instances are equal. */
  public Synthetic() {}

  @Override
  public float[] tensor(String name, List<Integer> shape) {
    float[] elements = new float[Sizes.elements(shape)];
    long seed = seed(name);
    Spread spread = Spread.of(name, shape);
    for (int index = 0; index < elements.length; index++) {
      elements[index] = spread.at(seed, index);
    }
    return elements;
  }

  /** Computes rows on demand, because the largest fc layers have a hundred million elements. */
  @Override
  public Rows rows(String name, List<Integer> shape) {
    double[] row = new double[Sizes.rowLength(shape)];
    long seed = seed(name);
    Spread spread = Spread.of(name, shape);
    return index -> {
      long start = (long) index * row.length;
      for (int column = 0; column < row.length; column++) {
        row[column] = spread.at(seed, start + column);
      }
      return row;
    };
  }

  private static long seed(String name) {
    long hash = HASH_START;
    for (byte part : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (part & 0xFF)) * HASH_PRIME;
    }
    return hash;
  }

  /** Values lie in {@code centre} plus or minus {@code reach}. */
  private record Spread(double centre, double reach) {

    static Spread of(String name, List<Integer> shape) {
      if (name.equals("input")) {
        return new Spread(0, 1);
      }
      if (shape.size() >= 2) {
        // Keeps the variance of relu networks from layer to layer (He et al. 2015).
        return new Spread(0, Math.sqrt(6.0 / Sizes.rowLength(shape)));
      }
      return switch (name.substring(name.lastIndexOf('.') + 1)) {
        // Only norms have a weight of one dimension.
        case "weight", "running_var" -> new Spread(1, 0.25);
        default -> new Spread(0, 0.1);
      };
    }

    float at(long seed, long index) {
      long bits = seed + (index + 1) * STEP;
      bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
      bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
      bits ^= bits >>> 31;
      // 24 bits, so the number from -1 to 1 is exact.
      double value = (bits >>> 40) * 0x1p-23 - 1;
      return (float) (centre + reach * value);
    }
  }
}
