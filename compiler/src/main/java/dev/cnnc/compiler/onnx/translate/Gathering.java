package dev.cnnc.compiler.onnx.translate;

import java.util.ArrayList;
import java.util.List;

/** Imports Gather: elements of one dimension in any order, as the smallest number of ranges. */
final class Gathering {

  /** Most ranges; more would be slower than the layers that follow. */
  private static final int MOST_RANGES = 64;

  private Gathering() {}

  static View translate(Call call) throws Refusal {
    View x = call.view(0);
    int axis = Call.axis(call.whole("axis", 0), x.rank());
    Constant indices = call.known(1, "index");
    View gathered = taken(call, x, axis, places(indices, x.size(axis)));
    List<Integer> sizes = new ArrayList<>(x.sizes());
    sizes.subList(axis, axis + 1).clear();
    sizes.addAll(axis, indices.sizes());
    return call.layouts().reshaped(gathered, sizes, call.name());
  }

  /** The elements at these places of one dimension, in their order. */
  static View taken(Call call, View x, int axis, List<Integer> places) throws Refusal {
    List<Value> parts = new ArrayList<>();
    for (Range range : ranges(places, axis)) {
      parts.add(new Value.Computed(PartOperators.range(call, x, range)));
    }
    if (parts.isEmpty()) {
      throw new Refusal("takes nothing of " + x.sizes(), "leave it out");
    }
    return parts.getFirst() instanceof Value.Computed(View only) && parts.size() == 1
        ? only
        : PartOperators.joined(call, x, parts, axis);
  }

  private static List<Integer> places(Constant indices, int size) throws Refusal {
    List<Integer> places = new ArrayList<>();
    for (int index : indices.integers()) {
      places.add(place(index, size));
    }
    return places;
  }

  /** An index below 0 counts from the end. */
  static int place(int index, int size) throws Refusal {
    int place = index < 0 ? index + size : index;
    if (place < 0 || place >= size) {
      throw new Refusal("takes element %s of %s".formatted(index, size), "export the model again");
    }
    return place;
  }

  /** Ranges with equal steps. Two elements form a range only if they are neighbours. */
  private static List<Range> ranges(List<Integer> places, int axis) throws Refusal {
    List<Range> ranges = new ArrayList<>();
    int next = 0;
    while (next < places.size()) {
      int from = places.get(next);
      int step = next + 1 < places.size() ? places.get(next + 1) - from : 1;
      int count = 1;
      while (step != 0
          && next + count < places.size()
          && places.get(next + count) == from + count * step) {
        count++;
      }
      boolean run = count > 2 || step == 1 || count == places.size();
      ranges.add(run ? new Range(axis, from, count, step) : new Range(axis, from, 1, 1));
      next += run ? count : 1;
      if (ranges.size() > MOST_RANGES) {
        throw new Refusal(
            "gathers %s elements in an irregular order".formatted(places.size()),
            "use slices, or a 1x1 conv that picks them");
      }
    }
    return ranges;
  }
}
