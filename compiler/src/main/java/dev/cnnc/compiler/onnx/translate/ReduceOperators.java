package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Axes;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Op.Reduction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports reductions along dimensions. */
final class ReduceOperators {

  private static final Map<String, Reducer> REDUCERS =
      Map.of(
          "ReduceMean", Reducer.MEAN,
          "ReduceMax", Reducer.MAX,
          "ReduceMin", Reducer.MIN,
          "ReduceSum", Reducer.SUM,
          "ReduceSumSquare", Reducer.SUM_SQUARE,
          "ReduceL1", Reducer.L1,
          "ReduceL2", Reducer.L2);

  private ReduceOperators() {}

  static Map<String, Translator> all() {
    Map<String, Translator> all = new HashMap<>();
    REDUCERS.forEach((name, reducer) -> all.put(name, Translator.of(c -> reduce(c, reducer))));
    return all;
  }

  private static View reduce(Call call, Reducer reducer) throws Refusal {
    View x = call.view(0);
    List<Integer> axes = axes(call, x.rank());
    return axes.isEmpty() ? x : kept(call, along(call, x, axes, reducer), x);
  }

  /** Reduced along some dimensions, which stay with size 1. */
  static View along(Call call, View x, List<Integer> axes, Reducer reducer) throws Refusal {
    View ready = x;
    if (x.arrangement().filter(lying -> separates(lying, axes)).isEmpty()) {
      List<Integer> others = Arrangement.others(x.rank(), axes);
      ready = call.layouts().arranged(x, new Arrangement(others, List.of(), axes), call.name());
    }
    Arrangement lying = ready.arrangement().orElseThrow();
    int node =
        axes.stream().allMatch(axis -> x.size(axis) == 1)
            ? alone(call, reducer, ready.node())
            : call.draft().add(call.name(), op(reducer, lying, axes), ready.node());
    List<Integer> sizes = new ArrayList<>(x.sizes());
    axes.forEach(axis -> sizes.set(axis, 1));
    return View.of(node, lying, sizes);
  }

  /** With the reduced dimensions of {@code x}, or without. */
  static View kept(Call call, View all, View x) throws Refusal {
    if (call.whole("keepdims", 1) != 0) {
      return all;
    }
    List<Integer> axes = axes(call, x.rank());
    List<Integer> sizes = all.sizes();
    List<Integer> left = Arrangement.others(sizes.size(), axes).stream().map(sizes::get).toList();
    return call.layouts().reshaped(all, left, call.name());
  }

  /** Reduces single elements, along dimensions that the network's value does not have. */
  private static int alone(Call call, Reducer reducer, int node) throws Refusal {
    return switch (reducer) {
      case MEAN, MAX, MIN, SUM -> node;
      case SUM_SQUARE -> call.draft().add(call.name(), new Op.Activate(Elementary.SQUARE), node);
      case L1, L2 -> call.draft().add(call.name(), new Op.Activate(Elementary.ABS), node);
    };
  }

  /** Whether each axis is reduced completely or not at all. */
  private static boolean separates(Arrangement lying, List<Integer> axes) {
    for (Axis axis : Axis.values()) {
      long reduced = lying.of(axis).stream().filter(axes::contains).count();
      if (reduced != 0 && reduced != lying.of(axis).size()) {
        return false;
      }
    }
    return true;
  }

  private static Op op(Reducer reducer, Arrangement lying, List<Integer> axes) throws Refusal {
    boolean channels = reduces(lying.channels(), axes);
    boolean rows = reduces(lying.rows(), axes);
    boolean columns = reduces(lying.columns(), axes);
    boolean pixels =
        !channels && (rows || lying.rows().isEmpty()) && (columns || lying.columns().isEmpty());
    Optional<Reduction> pool =
        Optional.ofNullable(
            switch (reducer) {
              case MEAN -> Reduction.AVERAGE;
              case MAX -> Reduction.MAX;
              case MIN, SUM, SUM_SQUARE, L1, L2 -> null;
            });
    return pixels && pool.isPresent()
        ? new Op.GlobalPool(pool.get())
        : new Computation.Reduce(
            reducer,
            channels || rows || columns ? new Axes(channels, rows, columns) : ofOneElement(lying));
  }

  /** For dimensions of size 1 that lie on no axis: an axis on which nothing lies has that size. */
  private static Axes ofOneElement(Arrangement lying) throws Refusal {
    boolean columns = lying.columns().isEmpty();
    boolean rows = !columns && lying.rows().isEmpty();
    if (!columns && !rows && !lying.channels().isEmpty()) {
      throw new Refusal("reduces dimensions of size 1 alone", "leave it out of the model");
    }
    return new Axes(!columns && !rows, rows, columns);
  }

  private static boolean reduces(List<Integer> dimensions, List<Integer> axes) {
    return !dimensions.isEmpty() && axes.containsAll(dimensions);
  }

  static List<Integer> axes(Call call, int rank) throws Refusal {
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
