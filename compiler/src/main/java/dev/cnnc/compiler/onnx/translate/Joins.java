package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Computation.Combine;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values of two tensors on common axes. */
record Joins(Call call) {

  /** What becomes of two tensors, of which a side of one is repeated. */
  View combine(Operator operator, View left, View right, String name) throws Refusal {
    List<Integer> sizes = Broadcast.of(left.sizes(), right.sizes());
    View a = Broadcast.ofRank(left, sizes.size());
    View b = Broadcast.ofRank(right, sizes.size());
    Arrangement arrangement = common(a, b, sizes);
    int one = call.layouts().arranged(a, arrangement, name + ".left").node();
    int other = call.layouts().arranged(b, arrangement, name + ".right").node();
    int node = call.draft().add(name, op(operator, one, other), one, other);
    return View.of(node, arrangement, sizes);
  }

  private Op op(Operator operator, int left, int right) {
    Shape one = call.draft().shape(left);
    Shape other = call.draft().shape(right);
    boolean equal = one.equals(other);
    boolean scaled = one.channels() == other.channels() && (one.isVector() || other.isVector());
    if (operator == Operator.ADD && equal) {
      return new Op.Add();
    }
    return operator == Operator.MUL && (equal || scaled)
        ? new Op.Multiply()
        : new Combine(operator);
  }

  /** Axes on which one of the two lies already, if the other's dimensions fit on them whole. */
  private static Arrangement common(View a, View b, List<Integer> sizes) {
    for (View view : a.sizes().equals(sizes) ? List.of(a, b) : List.of(b, a)) {
      Optional<Arrangement> lying = view.arrangement();
      if (view.sizes().equals(sizes)
          && lying.isPresent()
          && fits(a, lying.get())
          && fits(b, lying.get())) {
        return lying.get();
      }
    }
    return anew(a, b, sizes);
  }

  /** Whether each axis is as long as in the whole or one. */
  private static boolean fits(View view, Arrangement arrangement) {
    for (Axis axis : Axis.values()) {
      long ones = arrangement.of(axis).stream().filter(d -> view.size(d) == 1).count();
      if (ones != 0 && ones != arrangement.of(axis).size()) {
        return false;
      }
    }
    return true;
  }

  /** Runs of dimensions that are repeated alike share an axis. */
  private static Arrangement anew(View a, View b, List<Integer> sizes) {
    List<List<Integer>> axes = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) == 1) {
        continue;
      }
      boolean alike =
          !axes.isEmpty()
              && (a.size(axes.getLast().getLast()) == 1) == (a.size(i) == 1)
              && (b.size(axes.getLast().getLast()) == 1) == (b.size(i) == 1);
      if (!alike) {
        axes.add(new ArrayList<>());
      }
      axes.getLast().add(i);
    }
    while (axes.size() < 3) {
      axes.add(List.of());
    }
    return new Arrangement(axes.get(0), axes.get(1), axes.get(2));
  }

  View add(View left, View right, String name) throws Refusal {
    return combine(Operator.ADD, left, right, name);
  }

  /** A constant on the axes of a view, as long as they are or one. */
  Optional<Constant> laid(Constant constant, View view) {
    if (constant.rank() > view.rank()) {
      return Optional.empty();
    }
    Constant whole = constant.ofRank(view.rank());
    if (constant.isSingle()) {
      return Optional.of(whole.reshaped(List.of(1, 1, 1)));
    }
    Optional<Arrangement> arrangement = view.arrangement();
    for (int i = 0; i < whole.rank(); i++) {
      if (whole.sizes().get(i) != 1 && whole.sizes().get(i) != view.size(i)) {
        return Optional.empty();
      }
    }
    return arrangement.map(lying -> laid(whole, view, lying));
  }

  private static Constant laid(Constant whole, View view, Arrangement lying) {
    List<Integer> sizes = new ArrayList<>(whole.sizes());
    List<Integer> axes = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      List<Integer> dimensions = lying.of(axis);
      boolean single = dimensions.stream().allMatch(d -> sizes.get(d) == 1);
      int size = 1;
      for (int dimension : dimensions) {
        if (!single) {
          sizes.set(dimension, view.size(dimension));
        }
        size *= sizes.get(dimension);
      }
      axes.add(size);
    }
    return whole.expanded(sizes).transposed(lying.order(view.rank())).reshaped(axes);
  }

  /** Whether a laid constant is one number for each channel. */
  static boolean isByChannel(Constant laid, Shape shape) {
    return laid.sizes().equals(List.of(shape.channels(), 1, 1));
  }
}
