package dev.cnnc.compiler.onnx.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The range of a slice along one dimension.
 *
 * @param step distance between elements; negative goes backwards
 */
record Range(int axis, int from, int count, int step) {

  /** The ranges of a Slice node, whose bounds may be outside of the tensor. */
  static List<Range> of(Call call, List<Integer> sizes) throws Refusal {
    List<Integer> starts = bounds(call, 1, "starts");
    List<Integer> ends = bounds(call, 2, "ends");
    Optional<List<Integer>> axes = ViewOperators.axes(call, 3, sizes.size());
    Optional<Constant> steps = call.has(4) ? Optional.of(call.known(4, "steps")) : Optional.empty();
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int axis = axes.isPresent() ? axes.get().get(i) : i;
      int step = steps.isPresent() ? steps.get().integers().get(i) : 1;
      if (step == 0 || axis >= sizes.size() || i >= ends.size()) {
        throw new Refusal("is an invalid slice", "export the model again");
      }
      ranges.add(range(axis, starts.get(i), ends.get(i), step, sizes.get(axis)));
    }
    return ranges;
  }

  private static List<Integer> bounds(Call call, int input, String name) throws Refusal {
    return call.has(input)
        ? call.known(input, name).integers()
        : call.wholes(name)
            .orElseThrow(() -> new Refusal("has no " + name, "export the model again"));
  }

  private static Range range(int axis, int start, int end, int step, int size) {
    long first = start < 0 ? (long) start + size : start;
    long last = end < 0 ? (long) end + size : end;
    if (step > 0) {
      first = Math.clamp(first, 0, size);
      last = Math.clamp(last, 0, size);
      return new Range(
          axis, (int) first, (int) Math.ceilDiv(Math.max(0, last - first), step), step);
    }
    first = Math.clamp(first, -1, size - 1);
    last = Math.clamp(last, -1, size - 1);
    return new Range(
        axis, (int) first, (int) Math.ceilDiv(Math.max(0, first - last), -(long) step), step);
  }
}
