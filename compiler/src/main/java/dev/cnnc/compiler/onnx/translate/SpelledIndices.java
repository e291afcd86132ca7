package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.onnx.Onnx.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports operators with indices of several dimensions, which the file has. */
final class SpelledIndices {

  private SpelledIndices() {}

  static Map<String, Translator> all() {
    return Map.of(
        "OneHot", Translator.of(SpelledIndices::oneHot),
        "GatherND", Translator.of(SpelledIndices::gather),
        "ScatterND", Translator.of(SpelledIndices::scatter));
  }

  /** 1 where the index is the place along a new dimension; indices below 0 count from the end. */
  private static View oneHot(Call call) throws Refusal {
    Spelling it = new Spelling(call);
    View index = call.view(0);
    double depth = call.known(1, "depth").single();
    double[] values = call.known(2, "values").doubles().get();
    if (!(depth >= 1 && depth <= Constant.MOST_ELEMENTS) || values.length != 2) {
      throw new Refusal("has a depth of " + depth + ", or not two values", "mend the model");
    }
    if (!Double.isFinite(values[0]) || !Double.isFinite(values[1])) {
      throw new Refusal("chooses infinite numbers", "use large ones");
    }
    int axis = Call.axis(call.whole("axis", -1), index.rank() + 1);
    List<Integer> sizes = new ArrayList<>(index.sizes());
    sizes.add(axis, 1);
    View one = call.layouts().reshaped(index, sizes, call.name());
    View below = it.positive(it.apply(one, Elementary.NEG));
    View place = it.combine(Operator.ADD, one, it.linear(below, depth, 0));
    double[] all = new double[(int) depth];
    Arrays.setAll(all, i -> i);
    List<Integer> along = new ArrayList<>(Collections.nCopies(sizes.size(), 1));
    along.set(axis, all.length);
    Constant places = Constant.of(along, DataType.FLOAT, all).named("places");
    View other =
        it.nonzero(it.combine(Operator.SUB, new Value.Computed(place), new Value.Known(places)));
    View on = it.linear(it.not(other), values[1], 0);
    return values[0] == 0 ? on : it.combine(Operator.ADD, on, it.linear(other, values[0], 0));
  }

  /** The places along the first dimensions as one, for each row of indices. */
  private static int[] places(Constant indices, List<Integer> sizes, int batch) throws Refusal {
    int depth = indices.rank() == 0 ? 0 : indices.sizes().getLast();
    if (depth < 1
        || batch < 0
        || batch >= indices.rank()
        || batch + depth > sizes.size()
        || !indices.sizes().subList(0, batch).equals(sizes.subList(0, batch))) {
      throw new Refusal(
          "has indices of shape %s for %s".formatted(indices.sizes(), sizes),
          "export the model again");
    }
    double[] numbers = indices.doubles().get();
    int[] places = new int[numbers.length / depth];
    int each = places.length / ViewOperators.product(sizes.subList(0, batch));
    for (int row = 0; row < places.length; row++) {
      places[row] = row / Math.max(1, each);
      for (int i = 0; i < depth; i++) {
        int size = sizes.get(batch + i);
        int index = Gathering.place((int) numbers[row * depth + i], size);
        places[row] = places[row] * size + index;
      }
    }
    return places;
  }

  private static List<Integer> list(int[] places) {
    return Arrays.stream(places).boxed().toList();
  }

  /** With its first dimensions as one. */
  private static View flat(Call call, View x, int dimensions) throws Refusal {
    List<Integer> sizes = new ArrayList<>(x.sizes().subList(dimensions, x.rank()));
    sizes.addFirst(ViewOperators.product(x.sizes().subList(0, dimensions)));
    return call.layouts().reshaped(x, sizes, call.name());
  }

  private static View gather(Call call) throws Refusal {
    View x = call.view(0);
    Constant indices = call.known(1, "index");
    int batch = Math.toIntExact(Math.clamp(call.whole("batch_dims", 0), -1, x.rank()));
    int[] places = places(indices, x.sizes(), batch);
    int depth = batch + indices.sizes().getLast();
    View taken = Gathering.taken(call, flat(call, x, depth), 0, list(places));
    List<Integer> sizes = new ArrayList<>(indices.sizes().subList(0, indices.rank() - 1));
    sizes.addAll(x.sizes().subList(depth, x.rank()));
    return call.layouts().reshaped(taken, sizes, call.name());
  }

  /**
   * A box of elements, as an assignment to slices writes it, or any places; the last one counts.
   */
  private static View scatter(Call call) throws Refusal {
    String reduction = call.text("reduction", "none");
    if (!reduction.equals("none")) {
      throw new Refusal(
          "writes with the reduction " + reduction, "add what a ScatterND without it has written");
    }
    Constant indices = call.known(1, "index");
    View x = call.view(0);
    int[] places = places(indices, x.sizes(), 0);
    int depth = indices.sizes().getLast();
    List<Integer> whole = x.sizes().subList(0, depth);
    List<Integer> rest = x.sizes().subList(depth, x.rank());
    List<Integer> updated = new ArrayList<>(indices.sizes().subList(0, indices.rank() - 1));
    updated.addAll(rest);
    View updates = call.view(2);
    if (!updates.sizes().equals(updated)) {
      throw new Refusal(
          "writes %s, where its indices want %s".formatted(updates.sizes(), updated),
          "export the model again");
    }
    Optional<List<Range>> box = box(places, whole);
    if (box.isPresent()) {
      List<Integer> sizes = new ArrayList<>(box.get().stream().map(Range::count).toList());
      sizes.addAll(rest);
      return written(call, x, box.get(), call.layouts().reshaped(updates, sizes, call.name()));
    }
    List<Integer> from = new ArrayList<>();
    int count = ViewOperators.product(whole);
    for (int i = 0; i < count; i++) {
      from.add(i);
    }
    for (int i = 0; i < places.length; i++) {
      from.set(places[i], count + i);
    }
    List<Integer> row = new ArrayList<>(rest);
    row.addFirst(places.length);
    View old = flat(call, x, depth);
    View all =
        PartOperators.joined(
            call,
            old,
            List.of(
                new Value.Computed(old),
                new Value.Computed(call.layouts().reshaped(updates, row, call.name()))),
            0);
    return call.layouts().reshaped(Gathering.taken(call, all, 0, from), x.sizes(), call.name());
  }

  /** The ranges that give exactly these places, in this order. */
  private static Optional<List<Range>> box(int[] places, List<Integer> sizes) {
    if (places.length == 0) {
      return Optional.empty();
    }
    List<Integer> steps = Indices.strides(sizes);
    List<Range> ranges = new ArrayList<>();
    int first = places[0];
    int last = places[places.length - 1];
    long elements = 1;
    for (int i = 0; i < sizes.size(); i++) {
      int from = first / steps.get(i) % sizes.get(i);
      int count = last / steps.get(i) % sizes.get(i) - from + 1;
      if (count < 1) {
        return Optional.empty();
      }
      ranges.add(new Range(i, from, count, 1));
      elements *= count;
    }
    if (elements != places.length) {
      return Optional.empty();
    }
    List<Integer> counts = ranges.stream().map(Range::count).toList();
    return Arrays.equals(Indices.places(counts, steps, first), places)
        ? Optional.of(ranges)
        : Optional.empty();
  }

  /** What lies before the ranges along the first dimension, what is written, and what follows. */
  private static View written(Call call, View x, List<Range> box, View updates) throws Refusal {
    if (box.isEmpty()) {
      return updates;
    }
    Range range = box.getFirst();
    List<Range> inner = box.subList(1, box.size());
    int end = range.from() + range.count();
    int size = x.size(range.axis());
    if (range.count() == size) {
      return written(call, x, inner, updates);
    }
    View middle =
        inner.isEmpty()
            ? updates
            : written(call, PartOperators.range(call, x, range), inner, updates);
    List<Value> parts = new ArrayList<>();
    if (range.from() > 0) {
      Range before = new Range(range.axis(), 0, range.from(), 1);
      parts.add(new Value.Computed(PartOperators.range(call, x, before)));
    }
    parts.add(new Value.Computed(middle));
    if (end < size) {
      Range after = new Range(range.axis(), end, size - end, 1);
      parts.add(new Value.Computed(PartOperators.range(call, x, after)));
    }
    return PartOperators.joined(call, x, parts, range.axis());
  }
}
