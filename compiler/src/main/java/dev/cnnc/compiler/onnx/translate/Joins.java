package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Computation.Combine;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Combines two tensors on common axes. */
record Joins(Call call) {

  /** Combines two views; sides of 1 are repeated. */
  View combine(Operator operator, View left, View right, String name) throws Refusal {
    return combine(operator, new Value.Computed(left), new Value.Computed(right), name);
  }

  /** Combines two values; a constant is arranged on the axes of the other. */
  View combine(Operator operator, Value left, Value right, String name) throws Refusal {
    List<Integer> sizes = Broadcast.of(sizes(left), sizes(right));
    List<List<Integer>> both =
        List.of(padded(sizes(left), sizes.size()), padded(sizes(right), sizes.size()));
    Optional<Arrangement> lying = lying(List.of(left, right), both, sizes);
    List<List<Integer>> runs = runs(both.getFirst(), both.getLast(), sizes);
    if (lying.isEmpty() && runs.size() > Axis.values().length) {
      return wider(operator, left, right, both, sizes, name);
    }
    Arrangement arrangement = lying.orElseGet(() -> arrangement(runs));
    int one = arranged(left, arrangement, sizes.size(), name + ".left");
    int other = arranged(right, arrangement, sizes.size(), name + ".right");
    int node = call.draft().add(name, op(operator, one, other), one, other);
    return View.of(node, arrangement, sizes);
  }

  private static List<Integer> sizes(Value value) throws Refusal {
    return switch (value) {
      case Value.Computed(View view) -> view.sizes();
      case Value.Known(Constant constant) -> constant.sizes();
      case Value.Lost _, Value.Absent _ ->
          throw new Refusal("lacks an input", "export the model again");
    };
  }

  private static List<Integer> padded(List<Integer> sizes, int rank) {
    List<Integer> padded = new ArrayList<>(sizes);
    while (padded.size() < rank) {
      padded.addFirst(1);
    }
    return padded;
  }

  private int arranged(Value value, Arrangement arrangement, int rank, String name) throws Refusal {
    return switch (value) {
      case Value.Computed(View view) ->
          call.layouts().arranged(Broadcast.ofRank(view, rank), arrangement, name).node();
      case Value.Known(Constant constant) ->
          call.layouts()
              .learned(
                  constant.ofRank(rank),
                  arrangement,
                  LayerName.ofValue(call.node(), constant.name()))
              .node();
      case Value.Lost _, Value.Absent _ ->
          throw new Refusal("lacks an input", "export the model again");
    };
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

  /** The axes of one of the two views, if the dimensions of the other fit on them completely. */
  private static Optional<Arrangement> lying(
      List<Value> values, List<List<Integer>> both, List<Integer> sizes) {
    for (Value value : values) {
      if (value instanceof Value.Computed(View view) && view.sizes().equals(sizes)) {
        for (Optional<Arrangement> lying : List.of(view.arrangement(), view.row())) {
          if (lying.isPresent() && both.stream().allMatch(each -> fits(each, lying.get()))) {
            return lying;
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Combines values whose repetitions need more axes than there are: one of them is repeated along
   * one dimension first, which needs three at most.
   */
  private View wider(
      Operator operator,
      Value left,
      Value right,
      List<List<Integer>> both,
      List<Integer> sizes,
      String name)
      throws Refusal {
    for (int i = 0; i < sizes.size(); i++) {
      if (both.getFirst().get(i) < sizes.get(i)) {
        return combine(operator, repeated(left, both.getFirst(), i, sizes.get(i)), right, name);
      }
    }
    for (int i = 0; i < sizes.size(); i++) {
      if (both.getLast().get(i) < sizes.get(i)) {
        return combine(operator, left, repeated(right, both.getLast(), i, sizes.get(i)), name);
      }
    }
    throw new Refusal("joins values of too many dimensions", "reshape them before");
  }

  /** A value repeated along one dimension. */
  private Value repeated(Value value, List<Integer> sizes, int dimension, int count)
      throws Refusal {
    List<Integer> to = new ArrayList<>(sizes);
    to.set(dimension, count);
    return switch (value) {
      case Value.Known(Constant constant) ->
          new Value.Known(constant.ofRank(sizes.size()).expanded(to));
      case Value.Computed(View view) ->
          new Value.Computed(
              ViewOperators.expanded(call, Broadcast.ofRank(view, sizes.size()), to));
      case Value.Lost _, Value.Absent _ ->
          throw new Refusal("lacks an input", "export the model again");
    };
  }

  /** Whether each axis has its full length or the length 1. */
  private static boolean fits(List<Integer> sizes, Arrangement arrangement) {
    for (Axis axis : Axis.values()) {
      long ones = arrangement.of(axis).stream().filter(d -> sizes.get(d) == 1).count();
      if (ones != 0 && ones != arrangement.of(axis).size()) {
        return false;
      }
    }
    return true;
  }

  /** Consecutive dimensions with the same repetition, which share an axis. */
  static List<List<Integer>> runs(List<Integer> a, List<Integer> b, List<Integer> sizes) {
    List<List<Integer>> runs = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) == 1) {
        continue;
      }
      boolean alike =
          !runs.isEmpty()
              && (a.get(runs.getLast().getLast()) == 1) == (a.get(i) == 1)
              && (b.get(runs.getLast().getLast()) == 1) == (b.get(i) == 1);
      if (!alike) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(i);
    }
    return runs;
  }

  private static Arrangement arrangement(List<List<Integer>> runs) {
    List<List<Integer>> axes = new ArrayList<>(runs);
    while (axes.size() < Axis.values().length) {
      axes.add(List.of());
    }
    return new Arrangement(axes.get(0), axes.get(1), axes.get(2));
  }

  View add(View left, View right, String name) throws Refusal {
    return combine(Operator.ADD, left, right, name);
  }

  /** A constant on the axes of a view, each with its full length or the length 1. */
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

  /** Whether an arranged constant is one number for each channel. */
  static boolean isByChannel(Constant laid, Shape shape) {
    return laid.sizes().equals(List.of(shape.channels(), 1, 1));
  }
}
