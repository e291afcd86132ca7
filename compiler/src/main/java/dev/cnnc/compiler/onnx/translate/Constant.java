package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor whose elements are known while importing. Those of weights are fetched only when they
 * are written.
 *
 * @param name in the model; empty for what was computed
 * @param sizes of its dimensions
 * @param whole whether its elements are integers
 */
record Constant(
    String name,
    List<Integer> sizes,
    boolean whole,
    Supplier<float[]> floats,
    Supplier<double[]> doubles) {

  Constant {
    sizes = List.copyOf(sizes);
  }

  /** One of a file. */
  static Constant of(Onnx.Tensor tensor) {
    return new Constant(
        tensor.name(),
        tensor.dimensions().stream().map(Math::toIntExact).toList(),
        tensor.type().isWhole(),
        () -> Elements.floats(tensor),
        () -> Elements.doubles(tensor));
  }

  /** One that was worked out. */
  static Constant of(List<Integer> sizes, boolean whole, double... values) {
    return new Constant("", sizes, whole, () -> rounded(values), values::clone);
  }

  /** A row of integers. */
  static Constant row(List<Integer> values) {
    return of(
        List.of(values.size()), true, values.stream().mapToDouble(Integer::intValue).toArray());
  }

  private static float[] rounded(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  int size() {
    return sizes.stream().reduce(1, (a, b) -> a * b);
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

  /** The elements as integers; those that do not fit are the largest that do. */
  List<Integer> integers() {
    List<Integer> integers = new ArrayList<>();
    for (double value : doubles.get()) {
      integers.add((int) value);
    }
    return integers;
  }

  Constant named(String other) {
    return new Constant(other, sizes, whole, floats, doubles);
  }

  Constant reshaped(List<Integer> other) {
    return new Constant(name, other, whole, floats, doubles);
  }

  /** With dimensions of one in front. */
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

  /** Repeated along dimensions of one. */
  Constant expanded(List<Integer> to) {
    return sizes.equals(to) ? this : gathered(to, () -> Indices.broadcast(sizes, to));
  }

  /** Elements of other places in other sizes. */
  Constant gathered(List<Integer> to, Supplier<int[]> places) {
    return new Constant(
        name,
        to,
        whole,
        () -> {
          float[] from = floats.get();
          int[] place = places.get();
          float[] made = new float[place.length];
          for (int i = 0; i < made.length; i++) {
            made[i] = from[place[i]];
          }
          return made;
        },
        () -> {
          double[] from = doubles.get();
          int[] place = places.get();
          double[] made = new double[place.length];
          for (int i = 0; i < made.length; i++) {
            made[i] = from[place[i]];
          }
          return made;
        });
  }

  /** Each element times a number. */
  Constant times(double factor) {
    if (factor == 1) {
      return this;
    }
    return new Constant(
        name,
        sizes,
        whole,
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
