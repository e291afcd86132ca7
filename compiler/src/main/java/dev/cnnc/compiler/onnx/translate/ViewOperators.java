package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports operators that only change dimensions and compute nothing. */
final class ViewOperators {

  private ViewOperators() {}

  static Map<String, Translator> all() {
    Map<String, Translator> all = new HashMap<>();
    all.put("Identity", Translator.of(call -> call.view(0)));
    all.put("Dropout", ViewOperators::dropout);
    all.put("Cast", Translator.of(ViewOperators::cast));
    all.put("CastLike", Translator.of(call -> call.view(0)));
    all.put("Reshape", Translator.of(ViewOperators::reshape));
    all.put("Flatten", Translator.of(ViewOperators::flatten));
    all.put("Squeeze", Translator.of(ViewOperators::squeeze));
    all.put("Unsqueeze", Translator.of(ViewOperators::unsqueeze));
    all.put("Transpose", Translator.of(ViewOperators::transpose));
    all.put("Expand", Translator.of(ViewOperators::expand));
    all.put("Tile", Translator.of(ViewOperators::tile));
    return all;
  }

  /** Its mask keeps everything. */
  private static List<Value> dropout(Call call) throws Refusal {
    if (call.has(2) && call.known(2, "training_mode").single() != 0) {
      throw new Refusal("is a dropout in training", "export the model for inference");
    }
    View x = call.view(0);
    Constant kept = Constant.of(List.of(), Onnx.DataType.BOOL, 1).ofRank(x.rank());
    return List.of(new Value.Computed(x), new Value.Known(kept.expanded(x.sizes()).named("mask")));
  }

  private static View cast(Call call) throws Refusal {
    long to = call.whole("to", 1);
    if (to == Onnx.DataType.BOOL.number()) {
      return new Spelling(call).nonzero(call.view(0));
    }
    // float, half, double, bfloat16
    if (to != 1 && to != 10 && to != 11 && to != 16) {
      throw new Refusal("converts computed numbers to integers", "leave out the cast");
    }
    return call.view(0);
  }

  private static View to(Call call, List<Integer> sizes) throws Refusal {
    return call.layouts().reshaped(call.view(0), sizes, call.name());
  }

  private static View reshape(Call call) throws Refusal {
    return to(call, target(call));
  }

  /** The output sizes of a Reshape. */
  static List<Integer> target(Call call) throws Refusal {
    List<Integer> wanted =
        call.has(1)
            ? call.known(1, "shape").integers()
            : call.wholes("shape")
                .orElseThrow(() -> new Refusal("has no shape", "export the model again"));
    return reshaped(call.view(0).sizes(), wanted, call.flag("allowzero"));
  }

  /** The sizes of a Reshape: 0 keeps a size, and -1 takes the remaining elements. */
  static List<Integer> reshaped(List<Integer> sizes, List<Integer> wanted, boolean zeros)
      throws Refusal {
    List<Integer> made = new ArrayList<>(wanted);
    long all = sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    long known = 1;
    for (int i = 0; i < made.size(); i++) {
      if (made.get(i) == 0 && !zeros && i < sizes.size()) {
        made.set(i, sizes.get(i));
      }
      known *= made.get(i) == -1 ? 1 : made.get(i);
    }
    int open = made.indexOf(-1);
    if (open >= 0 && known > 0) {
      made.set(open, Math.toIntExact(all / known));
      known *= made.get(open);
    }
    if (known != all || Collections.frequency(wanted, -1) > 1) {
      throw new Refusal(
          "reshapes " + sizes + " to " + wanted + ", which has another number of elements",
          Refusal.ONE_PICTURE);
    }
    return made;
  }

  private static View flatten(Call call) throws Refusal {
    return to(call, flattened(call.view(0).sizes(), call.whole("axis", 1)));
  }

  static List<Integer> flattened(List<Integer> sizes, long axis) {
    int at = Math.toIntExact(axis < 0 ? axis + sizes.size() : axis);
    return List.of(product(sizes.subList(0, at)), product(sizes.subList(at, sizes.size())));
  }

  static int product(List<Integer> sizes) {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }

  /** Axes as an attribute, or since version 13 as an input. */
  static Optional<List<Integer>> axes(Call call, int input, int rank) throws Refusal {
    Optional<List<Integer>> given =
        call.has(input) ? Optional.of(call.known(input, "axes").integers()) : call.wholes("axes");
    if (given.isEmpty()) {
      return given;
    }
    List<Integer> axes = new ArrayList<>();
    for (int axis : given.get()) {
      axes.add(Call.axis(axis, rank));
    }
    return Optional.of(axes);
  }

  private static View squeeze(Call call) throws Refusal {
    List<Integer> sizes = call.view(0).sizes();
    return to(call, squeezed(sizes, axes(call, 1, sizes.size())));
  }

  static List<Integer> squeezed(List<Integer> sizes, Optional<List<Integer>> axes) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      if (axes.isPresent() ? !axes.get().contains(i) : sizes.get(i) != 1) {
        left.add(sizes.get(i));
      }
    }
    return left;
  }

  private static View unsqueeze(Call call) throws Refusal {
    return to(call, unsqueezed(call, call.view(0).sizes()));
  }

  static List<Integer> unsqueezed(Call call, List<Integer> sizes) throws Refusal {
    int count = axes(call, 1, Integer.MAX_VALUE).map(List::size).orElse(0);
    int rank = sizes.size() + count;
    List<Integer> axes = axes(call, 1, rank).orElse(List.of());
    List<Integer> made = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < rank; i++) {
      made.add(axes.contains(i) ? 1 : sizes.get(next++));
    }
    return made;
  }

  private static View transpose(Call call) throws Refusal {
    View x = call.view(0);
    return x.transposed(order(call, x.rank()));
  }

  static List<Integer> order(Call call, int rank) throws Refusal {
    List<Integer> order = new ArrayList<>();
    for (int i = rank - 1; i >= 0; i--) {
      order.add(i);
    }
    List<Integer> given = call.wholes("perm").orElse(order);
    if (given.size() != rank || !given.containsAll(order)) {
      throw new Refusal("transposes " + rank + " dimensions by " + given, "export it again");
    }
    return given;
  }

  private static View expand(Call call) throws Refusal {
    View x = call.view(0);
    List<Integer> sizes = Broadcast.of(x.sizes(), call.known(1, "shape").integers());
    return expanded(call, x, sizes);
  }

  /** Each dimension several times: a new dimension before it repeats. */
  private static View tile(Call call) throws Refusal {
    View x = call.view(0);
    List<Integer> repeats = call.known(1, "repeats").integers();
    List<Integer> apart = new ArrayList<>();
    List<Integer> repeated = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      apart.addAll(List.of(1, x.size(i)));
      repeated.addAll(List.of(repeats.get(i), x.size(i)));
      sizes.add(Math.multiplyExact(repeats.get(i), x.size(i)));
    }
    if (product(Constant.bounded(sizes)) == 0) {
      throw new Refusal("repeats " + x.sizes() + " no times", "leave it out");
    }
    View whole = call.layouts().reshaped(x, apart, call.name());
    return call.layouts().reshaped(expanded(call, whole, repeated), sizes, call.name());
  }

  /** Elements repeated along dimensions of size 1, by a product with ones. */
  static View expanded(Call call, View x, List<Integer> sizes) throws Refusal {
    if (product(sizes) == product(x.sizes())) {
      return Broadcast.ofRank(x, sizes.size());
    }
    List<Integer> own = Broadcast.ofRank(x, sizes.size()).sizes();
    if (Joins.runs(own, own, sizes).size() > Axis.values().length) {
      // Dimension by dimension, which needs three axes at most.
      for (int i = 0; i < sizes.size(); i++) {
        if (own.get(i) < sizes.get(i)) {
          List<Integer> next = new ArrayList<>(own);
          next.set(i, sizes.get(i));
          return expanded(call, expanded(call, Broadcast.ofRank(x, sizes.size()), next), sizes);
        }
      }
    }
    List<Integer> single = Collections.nCopies(sizes.size(), 1);
    List<Integer> repeated = new ArrayList<>(sizes);
    for (int i = 0; i < x.rank(); i++) {
      int place = sizes.size() - x.rank() + i;
      repeated.set(place, x.size(i) == 1 ? sizes.get(place) : 1);
    }
    Constant ones = Constant.of(single, Onnx.DataType.DOUBLE, 1).expanded(repeated).named("ones");
    return new Joins(call).combine(Computation.Operator.MUL, x, call.learned(ones), call.name());
  }
}
