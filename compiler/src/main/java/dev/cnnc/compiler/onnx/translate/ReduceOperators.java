package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Op.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sums, means and maxima along dimensions. */
final class ReduceOperators {

  private ReduceOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "ReduceMean", Operator.of(call -> reduce(call, Reduction.AVERAGE)),
        "ReduceMax", Operator.of(call -> reduce(call, Reduction.MAX)));
  }

  private static View reduce(Call call, Reduction reduction) throws Refusal {
    View x = call.view(0);
    List<Integer> axes = axes(call, x.rank());
    if (axes.isEmpty()) {
      return x;
    }
    // What is reduced are the pixels of each of the others.
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!axes.contains(i)) {
        others.add(i);
      }
    }
    View ready = pixels(call, x, others, axes);
    int node = call.draft().add(call.name(), new Op.GlobalPool(reduction), ready.node());
    List<Integer> sizes = new ArrayList<>(x.sizes());
    axes.forEach(axis -> sizes.set(axis, 1));
    View all = View.of(node, new Arrangement(others, List.of(), List.of()), sizes);
    return call.whole("keepdims", 1) != 0
        ? all
        : call.layouts().reshaped(all, others.stream().map(sizes::get).toList(), call.name());
  }

  private static View pixels(Call call, View x, List<Integer> others, List<Integer> axes)
      throws Refusal {
    var shape = call.draft().shape(x.node());
    boolean there =
        x.arrangement().isPresent()
            && others.containsAll(x.arrangement().get().channels())
            && others.stream()
                .allMatch(i -> x.size(i) == 1 || x.arrangement().get().channels().contains(i))
            && x.arrangement()
                .get()
                .channels()
                .equals(others.stream().filter(i -> x.size(i) > 1).toList());
    return there || shape.size() == 1
        ? x
        : call.layouts().arranged(x, new Arrangement(others, List.of(), axes), call.name());
  }

  private static List<Integer> axes(Call call, int rank) throws Refusal {
    List<Integer> given = ViewOperators.axes(call, 1, rank).orElse(List.of());
    if (!given.isEmpty()) {
      return given;
    }
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < rank && !call.flag("noop_with_empty_axes"); i++) {
      all.add(i);
    }
    return all;
  }
}
