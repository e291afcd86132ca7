package dev.cnnc.compiler.onnx.translate;

import java.util.ArrayList;
import java.util.List;

/** Computes the places of the elements of one row-major tensor in another. */
final class Indices {

  private Indices() {}

  /** The place in the original for each element of the transposed tensor. */
  static int[] transposed(List<Integer> sizes, List<Integer> order) {
    List<Integer> strides = strides(sizes);
    return places(
        order.stream().map(sizes::get).toList(), order.stream().map(strides::get).toList(), 0);
  }

  /** The place in the smaller tensor for each element of the larger one. */
  static int[] broadcast(List<Integer> from, List<Integer> to) {
    List<Integer> padded = new ArrayList<>(from);
    while (padded.size() < to.size()) {
      padded.addFirst(1);
    }
    List<Integer> strides = strides(padded);
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < to.size(); i++) {
      steps.add(padded.get(i) == 1 ? 0 : strides.get(i));
    }
    return places(to, steps, 0);
  }

  /** The stride of each dimension, in elements. */
  static List<Integer> strides(List<Integer> sizes) {
    List<Integer> strides = new ArrayList<>();
    int stride = 1;
    for (int size : sizes.reversed()) {
      strides.addFirst(stride);
      stride = Math.multiplyExact(stride, size);
    }
    return strides;
  }

  /** The places that counting through {@code sizes} visits. */
  static int[] places(List<Integer> sizes, List<Integer> steps, int start) {
    int[] places = new int[ViewOperators.product(sizes)];
    int[] counter = new int[sizes.size()];
    int place = start;
    for (int i = 0; i < places.length; i++) {
      places[i] = place;
      for (int d = counter.length - 1; d >= 0; d--) {
        place += steps.get(d);
        if (++counter[d] < sizes.get(d)) {
          break;
        }
        place -= steps.get(d) * sizes.get(d);
        counter[d] = 0;
      }
    }
    return places;
  }
}
