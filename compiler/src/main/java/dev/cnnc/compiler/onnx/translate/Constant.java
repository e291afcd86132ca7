package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor whose elements are known during the import. Weights are read only when they are written.
 *
 * @param name in the model; empty for a computed constant
 * @param sizes sizes of its dimensions
 * @param type of its elements, to which they are rounded
 * @param steps number of rearrangements when its elements are read
 */
record Constant(
    String name,
    List<Integer> sizes,
    Onnx.DataType type,
    int steps,
    Supplier<float[]> floats,
    Supplier<double[]> doubles) {

  /** Most elements of a computed constant. */
  static final int MOST_ELEMENTS = 1 << 24;

  /** Longest list of integers; shapes, axes and indices are shorter. */
  private static final int MOST_INTEGERS = 1 << 16;

  private static final int MOST_STEPS = 64;
  private static final int CHEAP = 1 << 12;

  Constant {
    sizes = List.copyOf(sizes);
  }

  /** A constant of a file. */
  static Constant of(Onnx.Tensor tensor) {
    return new Constant(
        tensor.name(),
        tensor.dimensions().stream().map(Math::toIntExact).toList(),
        tensor.type(),
        0,
        () -> Elements.floats(tensor),
        () -> Elements.doubles(tensor));
  }

  /** A computed constant; its values are rounded to its element type. */
  static Constant of(List<Integer> sizes, Onnx.DataType type, double... values) {
    double[] elements = new double[values.length];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = ElementRounding.of(type, values[i]);
    }
    return new Constant("", sizes, type, 0, () -> floats(elements), elements::clone);
  }

  /** A row of integers. */
  static Constant row(List<Integer> values) {
    return of(
        List.of(values.size()),
        Onnx.DataType.INT64,
        values.stream().mapToDouble(Integer::intValue).toArray());
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Whether its elements are integers or truth values. */
  boolean whole() {
    return type.isWhole();
  }

  /** Its elements in another type, made when they are fetched. */
  Constant as(Onnx.DataType other) {
    if (other == type) {
      return this;
    }
    Supplier<double[]> elements =
        () -> {
          double[] values = doubles.get();
          for (int i = 0; i < values.length; i++) {
            values[i] = ElementRounding.of(other, values[i]);
          }
          return values;
        };
    // Floats are floats already, as most casts of weights want them.
    Supplier<float[]> singles =
        other == Onnx.DataType.FLOAT || other == Onnx.DataType.DOUBLE
            ? floats
            : () -> floats(elements.get());
    return new Constant(name, sizes, other, steps + 1, singles, elements).settled();
  }

  int size() {
    return ViewOperators.product(sizes);
  }

  int rank() {
    return sizes.size();
  }

  /** The only element. */
  double single() {
    return doubles.get()[0];
  }

  boolean isSingle() {
    return size() == 1;
  }

  /** Whether no element is infinite or NaN. */
  boolean isFinite() {
    return whole() || Arrays.stream(doubles.get()).allMatch(value -> Float.isFinite((float) value));
  }

  /** The elements as integers, clamped to the range of an int. */
  List<Integer> integers() {
    if (size() > MOST_INTEGERS) {
      throw new Excess("has a list of %s integers".formatted(size()));
    }
    List<Integer> integers = new ArrayList<>();
    for (double value : doubles.get()) {
      integers.add((int) value);
    }
    return integers;
  }

  Constant named(String other) {
    return new Constant(other, sizes, type, steps, floats, doubles);
  }

  Constant reshaped(List<Integer> other) {
    return new Constant(name, other, type, steps, floats, doubles);
  }

  /** With leading dimensions of size 1. */
  Constant ofRank(int rank) {
    List<Integer> padded = new ArrayList<>(sizes);
    while (padded.size() < rank) {
      padded.addFirst(1);
    }
    return reshaped(padded);
  }

  Constant transposed(List<Integer> order) {
    boolean same = true;
    for (int i = 0; i < order.size(); i++) {
      same &= order.get(i) == i;
    }
    return same
        ? this
        : gathered(order.stream().map(sizes::get).toList(), () -> Indices.transposed(sizes, order));
  }

  /** Repeated along dimensions of size 1. */
  Constant expanded(List<Integer> to) {
    return sizes.equals(to) ? this : gathered(bounded(to), () -> Indices.broadcast(sizes, to));
  }

  /** Checks the sizes of a computed constant. */
  static List<Integer> bounded(List<Integer> sizes) {
    if (ViewOperators.product(sizes) > MOST_ELEMENTS) {
      throw new Excess("makes a constant of shape " + sizes);
    }
    return sizes;
  }

  /** Computed now if that is cheap, so that derived constants need not compute it again. */
  private Constant settled() {
    if (steps > MOST_STEPS) {
      throw new Excess("rearranges a constant more than %s times".formatted(MOST_STEPS));
    }
    return size() > CHEAP ? this : of(sizes, type, doubles.get()).named(name);
  }

  /** Elements from other places, with other sizes. */
  Constant gathered(List<Integer> to, Supplier<int[]> places) {
    Constant made =
        new Constant(
            name,
            to,
            type,
            steps + 1,
            () -> {
              float[] from = floats.get();
              int[] place = places.get();
              float[] elements = new float[place.length];
              for (int i = 0; i < elements.length; i++) {
                elements[i] = from[place[i]];
              }
              return elements;
            },
            () -> {
              double[] from = doubles.get();
              int[] place = places.get();
              double[] elements = new double[place.length];
              for (int i = 0; i < elements.length; i++) {
                elements[i] = from[place[i]];
              }
              return elements;
            });
    return made.settled();
  }

  /** Each element times a number. */
  Constant times(double factor) {
    if (factor == 1) {
      return this;
    }
    return new Constant(
        name,
        sizes,
        type,
        steps + 1,
        () -> {
          float[] scaled = floats.get().clone();
          for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (scaled[i] * factor);
          }
          return scaled;
        },
        () -> {
          double[] scaled = doubles.get().clone();
          for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
          }
          return scaled;
        });
  }
}
