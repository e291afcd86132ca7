package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values of two tensors on common axes. */
record Joins(Call call) {

  /** Two tensors on the same axes, of which each is as long as the other's or one. */
  record Pair(View left, View right, Arrangement arrangement, List<Integer> sizes) {}

  Pair aligned(View left, View right, String name) throws Refusal {
    List<Integer> sizes = Broadcast.of(left.sizes(), right.sizes());
    View a = Broadcast.ofRank(left, sizes.size());
    View b = Broadcast.ofRank(right, sizes.size());
    boolean leads = a.sizes().equals(sizes) || !b.sizes().equals(sizes);
    Optional<Arrangement> lying = (leads ? a : b).arrangement();
    Arrangement arrangement =
        lying.isPresent() ? complete(lying.get(), sizes) : Arrangement.picture(sizes.size());
    return new Pair(
        call.layouts().arranged(a, arrangement, name + ".left"),
        call.layouts().arranged(b, arrangement, name + ".right"),
        arrangement,
        sizes);
  }

  /** Dimensions that are one in the leading tensor, but not in the other, need an axis too. */
  private static Arrangement complete(Arrangement lying, List<Integer> sizes) {
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) > 1
          && !lying.channels().contains(i)
          && !lying.rows().contains(i)
          && !lying.columns().contains(i)) {
        missing.add(i);
      }
    }
    return missing.isEmpty() ? lying : Arrangement.picture(sizes.size());
  }

  View add(View left, View right, String name) throws Refusal {
    return join(left, right, new Op.Add(), name);
  }

  View multiply(View left, View right, String name) throws Refusal {
    return join(left, right, new Op.Multiply(), name);
  }

  private View join(View left, View right, Op op, String name) throws Refusal {
    Pair pair = aligned(left, right, name);
    int node = call.draft().add(name, op, pair.left().node(), pair.right().node());
    return View.of(node, pair.arrangement(), pair.sizes());
  }

  /** A constant on the axes of a view, as long as they are or one. */
  Optional<Constant> laid(Constant constant, View view) {
    if (constant.rank() > view.rank()) {
      return Optional.empty();
    }
    Optional<Arrangement> arrangement = view.arrangement();
    Constant whole = constant.ofRank(view.rank());
    if (arrangement.isEmpty()) {
      return whole.isSingle() ? Optional.of(whole.reshaped(List.of(1, 1, 1))) : Optional.empty();
    }
    List<Integer> sizes = new ArrayList<>(whole.sizes());
    List<Integer> axes = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      List<Integer> dimensions = arrangement.get().of(axis);
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
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) != 1 && sizes.get(i) != view.size(i)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        whole.expanded(sizes).transposed(arrangement.get().order(view.rank())).reshaped(axes));
  }

  /** Whether a laid constant is one number for each channel. */
  static boolean isByChannel(Constant laid, Shape shape) {
    return laid.sizes().equals(List.of(shape.channels(), 1, 1));
  }
}
