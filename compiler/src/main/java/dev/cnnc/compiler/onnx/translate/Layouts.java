package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves the elements of a view to the axes that an operation needs. */
record Layouts(ImportDraft draft) {

  /**
   * Every permutation of the axes except the identity; those that keep more leading axes come
   * first.
   */
  private static final List<List<Axis>> PERMUTES =
      List.of(
          List.of(Axis.CHANNEL, Axis.COLUMN, Axis.ROW),
          List.of(Axis.ROW, Axis.CHANNEL, Axis.COLUMN),
          List.of(Axis.ROW, Axis.COLUMN, Axis.CHANNEL),
          List.of(Axis.COLUMN, Axis.CHANNEL, Axis.ROW),
          List.of(Axis.COLUMN, Axis.ROW, Axis.CHANNEL));

  /** The view with its dimensions on these axes; nothing moves if they are already there. */
  View arranged(View view, Arrangement wanted, String name) throws Refusal {
    List<Integer> sizes = view.sizes();
    Shape from = draft.shape(view.node());
    Shape to =
        new Shape(
            product(sizes, wanted.channels()),
            product(sizes, wanted.rows()),
            product(sizes, wanted.columns()));
    if (View.of(view.node(), wanted, sizes).equals(view) && from.equals(to)) {
      return view;
    }
    List<Factor> order =
        wanted.order(view.rank()).stream()
            .flatMap(dimension -> view.dimensions().get(dimension).stream())
            .toList();
    List<Object> what = List.of(view.node(), flat(order, from), to);
    Optional<Integer> known = draft.known(what);
    int node =
        known.isPresent() ? known.get() : moved(view.node(), flat(order, from), from, to, name);
    draft.remember(what, node);
    return View.of(node, wanted, sizes);
  }

  /** Other dimensions of the same elements, which are moved only if necessary. */
  View reshaped(View view, List<Integer> sizes, String name) throws Refusal {
    Optional<View> seen = view.reshaped(sizes);
    if (seen.isPresent()) {
      return seen.get();
    }
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < view.rank(); i++) {
      all.add(i);
    }
    View row = arranged(view, new Arrangement(all, List.of(), List.of()), name);
    return row.reshaped(sizes)
        .orElseThrow(() -> new Refusal("reshapes to " + sizes + ", which does not fit", "mend it"));
  }

  private static int product(List<Integer> sizes, List<Integer> dimensions) {
    return dimensions.stream().map(sizes::get).reduce(1, Math::multiplyExact);
  }

  /** Sizes, and distances between elements in the order of the whole value. */
  private static List<Factor> flat(List<Factor> factors, Shape shape) {
    return Factor.merged(
        factors.stream()
            .map(
                factor ->
                    new Factor(
                        Axis.COLUMN, factor.size(), factor.stride() * factor.axis().stride(shape)))
            .toList());
  }

  private int moved(int node, List<Factor> order, Shape from, Shape to, String name)
      throws Refusal {
    Optional<Integer> groups = shuffle(order, from, to);
    if (groups.isPresent()) {
      return draft.add(name, new Op.Shuffle(groups.get()), node);
    }
    if (order.size() <= 1) {
      return reshape(node, to, name);
    }
    Optional<List<Integer>> permuted = permuted(order, from, to);
    return permuted.isPresent()
        ? draft.add(name, new Rearrangement.Permute(permuted.get()), node)
        : reshape(new Sorting(draft, name).of(node, order), to, name);
  }

  /** The permutation of whole axes with this effect, if there is one. */
  private static Optional<List<Integer>> permuted(List<Factor> order, Shape from, Shape to) {
    for (List<Axis> axes : PERMUTES) {
      List<Factor> whole =
          axes.stream()
              .map(axis -> new Factor(Axis.COLUMN, axis.size(from), axis.stride(from)))
              .toList();
      Shape made =
          new Shape(axes.get(0).size(from), axes.get(1).size(from), axes.get(2).size(from));
      if (made.equals(to) && Factor.merged(whole).equals(order)) {
        return Optional.of(axes.stream().map(Axis::number).toList());
      }
    }
    return Optional.empty();
  }

  private int reshape(int node, Shape to, String name) throws Refusal {
    Shape from = draft.shape(node);
    if (from.equals(to)) {
      return node;
    }
    if (to.isVector()) {
      return draft.add(name, new Op.Flatten(), node);
    }
    if (to.channels() == from.channels() && to.height() == 1) {
      return draft.add(name, new Op.Tokens(), node);
    }
    return draft.add(name, new Rearrangement.Reshape(to.channels(), to.height(), to.width()), node);
  }

  /** The groups of a channel shuffle with this effect, if it is one. */
  private static Optional<Integer> shuffle(List<Factor> order, Shape from, Shape to) {
    int pixels = from.pixels();
    int rest = pixels == 1 ? 2 : 3;
    boolean right =
        from.equals(to)
            && order.size() == rest
            && order.get(0).stride() == pixels
            && order.get(1).stride() == pixels * order.get(0).size()
            && (rest == 2 || order.get(2).equals(new Factor(Axis.COLUMN, pixels, 1)));
    return right ? Optional.of(order.get(1).size()) : Optional.empty();
  }

  /** A constant as a learned value, with its dimensions on these axes. */
  View learned(Constant constant, Arrangement arrangement, String name) throws Refusal {
    List<Integer> shape =
        List.of(
            product(constant.sizes(), arrangement.channels()),
            product(constant.sizes(), arrangement.rows()),
            product(constant.sizes(), arrangement.columns()));
    Constant turned = constant.transposed(arrangement.order(constant.rank()));
    LayerPlan plan =
        tensors -> {
          Recipe kept = tensors.keep("", shape, turned);
          return new Op.Learned(kept);
        };
    return View.of(draft.add(name, plan), arrangement, constant.sizes());
  }
}
