package dev.cnnc.compiler.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What emitted kernels do to the memory of an instance, counted while they run. Their text calls
 * these methods, so the counts are those of the JVM: one instance at a time, on one thread.
 */
public final class Counted {
  /** An element of the arena or of the weights; an fc starts from one of either. */
  private static final Pattern ELEMENT = Pattern.compile("\\b(arena|weights|start)\\[");

  private static final Pattern ASSIGNED = Pattern.compile("\\] =\\s");

  /** Weights are packed in vectors of so many, which begin so many floats before a multiple. */
  private static final int VECTOR = 16;

  private static final int BEFORE = 4;

  /** What the current step has done to an element, above the number of the step. */
  private static final int READ = 1;

  private static final int WRITTEN = 2;

  private static float[] packed = {};
  private static int[] vectors = {};
  private static int[] arena = {};
  private static int step;
  private static long macs;
  private static long vectorsRead;
  private static long read;
  private static long written;

  private Counted() {}

  /**
   * What a step has done.
   *
   * @param macs multiply-adds of sums of products
   * @param weights floats of the different vectors of weights that it has read some of
   * @param read different floats of the arena that it has read, and not written before
   * @param written different floats of the arena that it has written
   */
  public record Counts(long macs, long weights, long read, long written) {}

  /** Counts for an instance with these weights and so many floats of activations. */
  static void begin(float[] weights, int activations) {
    packed = weights;
    vectors = new int[weights.length / VECTOR + 2];
    arena = new int[activations];
    step = 0;
    next();
  }

  /** The counts since the last call. */
  static Counts next() {
    Counts counts = new Counts(macs, vectorsRead * VECTOR, read, written);
    step += READ + WRITTEN + 1;
    macs = 0;
    vectorsRead = 0;
    read = 0;
    written = 0;
    return counts;
  }

  /** The text of kernels that {@code Lanes.COUNTING} has rendered, with calls of these methods. */
  static String text(String kernels) {
    return elements(kernels)
        .replaceFirst("(?m)^package .*;$", "$0\nimport " + Counted.class.getName() + ";")
        .replace("Arrays.fill(arena", "Counted.fill(arena")
        .replace("System.arraycopy(", "Counted.copy(");
  }

  private static String elements(String text) {
    StringBuilder counting = new StringBuilder();
    int done = 0;
    Matcher elements = ELEMENT.matcher(text);
    while (elements.find(done)) {
      String array = elements.group(1);
      int open = elements.end() - 1;
      int close = closing(text, open);
      String index = elements(text.substring(open + 1, close));
      Matcher assigned = ASSIGNED.matcher(text).region(close, text.length());
      counting.append(text, done, elements.start());
      if (assigned.lookingAt()) {
        done = text.indexOf(';', close);
        String value = elements(text.substring(assigned.end(), done));
        counting.append("Counted.store(%s, %s, %s)".formatted(array, index, value));
      } else {
        done = close + 1;
        String count = array.equals("weights") ? "weight(" : "read(" + array + ", ";
        counting.append("%s[Counted.%s%s)]".formatted(array, count, index));
      }
    }
    return counting.append(text.substring(done)).toString();
  }

  private static int closing(String text, int open) {
    int depth = 0;
    int at = open;
    do {
      char c = text.charAt(at++);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
    } while (depth > 0);
    return at - 1;
  }

  public static float mac(float a, float b, float c) {
    macs++;
    return Math.fma(a, b, c);
  }

  public static int weight(int index) {
    int vector = (index + BEFORE) / VECTOR;
    if (vectors[vector] < step) {
      vectors[vector] = step;
      vectorsRead++;
    }
    return index;
  }

  @SuppressWarnings("ReferenceEquality") // the array itself, not one with equal numbers
  public static int read(float[] array, int index) {
    if (array == packed) {
      return weight(index);
    }
    if (index < arena.length && arena[index] < step) {
      arena[index] = step + READ;
      read++;
    }
    return index;
  }

  public static void store(float[] array, int index, float value) {
    array[index] = value;
    if (index < arena.length && arena[index] < step + WRITTEN) {
      arena[index] = Math.max(step, arena[index]) + WRITTEN;
      written++;
    }
  }

  public static void fill(float[] array, int from, int to, float value) {
    for (int i = from; i < to; i++) {
      store(array, i, value);
    }
  }

  public static void copy(float[] from, int first, float[] to, int second, int count) {
    for (int i = 0; i < count; i++) {
      store(to, second + i, from[read(from, first + i)]);
    }
  }
}
