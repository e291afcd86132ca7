package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports operators that join and split tensors. */
final class PartOperators {

  private PartOperators() {}

  static Map<String, Translator> all() {
    return Map.of(
        "Concat", Translator.of(PartOperators::concat),
        "Split", PartOperators::split,
        "Slice", Translator.of(PartOperators::slice),
        "Gather", Translator.of(Gathering::translate));
  }

  private static View concat(Call call) throws Refusal {
    if (call.inputs().size() == 1) {
      return call.view(0);
    }
    View lead = lead(call);
    int axis = Call.axis(call.whole("axis", 1), lead.rank());
    return joined(call, lead, call.inputs(), axis);
  }

  /** Concatenates values along one dimension; the first computed one determines the axes. */
  static View joined(Call call, View lead, List<Value> values, int axis) throws Refusal {
    Shape shape = call.draft().shape(lead.node());
    Optional<Arrangement> lying = lead.arrangement().filter(it -> fits(lead, it, axis, shape));
    Optional<Arrangement> row =
        lead.row().filter(it -> it.columns().equals(List.of(axis)) && shape.pixels() > 1);
    Arrangement arrangement =
        lying.isPresent()
            ? with(lying.get(), lead, axis, shape)
            : row.orElseGet(() -> Arrangement.along(lead, axis));
    boolean channels = arrangement.channels().contains(axis);
    int[] nodes = new int[values.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = part(call, values.get(i), arrangement, channels);
    }
    int node = call.draft().add(call.name(), channels ? new Op.Concat() : new Op.Tokens(), nodes);
    List<Integer> sizes = new ArrayList<>(lead.sizes());
    Shape made = call.draft().shape(node);
    sizes.set(axis, channels ? made.channels() : made.width());
    return View.of(node, arrangement, sizes);
  }

  /** One of the joined values; tokens may still be a picture. */
  private static int part(Call call, Value value, Arrangement arrangement, boolean channels)
      throws Refusal {
    return switch (value) {
      case Value.Known(Constant constant) -> {
        String name = LayerName.ofValue(call.node(), constant.name());
        yield call.layouts().learned(constant, arrangement, name).node();
      }
      case Value.Computed(View view) -> {
        boolean row =
            !channels && view.row().equals(Optional.of(arrangement)) && view.isInOrder(arrangement);
        yield row ? view.node() : call.layouts().arranged(view, arrangement, call.name()).node();
      }
      case Value.Absent _, Value.Lost _ ->
          throw new Refusal("lacks an input", "export the model again");
    };
  }

  /** The first input that is computed. */
  private static View lead(Call call) throws Refusal {
    for (int i = 0; i < call.inputs().size(); i++) {
      if (call.isComputed(i)) {
        return call.view(i);
      }
    }
    return call.view(0);
  }

  /** Whether the values can be joined: along the channels, or along the pixels of one row. */
  private static boolean fits(View lead, Arrangement lying, int axis, Shape shape) {
    boolean channels =
        isChannels(lead, lying, axis)
            || (lying.channels().isEmpty() && lead.size(axis) == 1 && shape.pixels() > 1);
    boolean row =
        shape.height() == 1
            && (lying.columns().equals(List.of(axis))
                || (lying.columns().isEmpty() && lead.size(axis) == 1));
    return channels || row;
  }

  /** Whether a dimension is all channels, except dimensions of size 1. */
  private static boolean isChannels(View lead, Arrangement lying, int axis) {
    return lying.channels().contains(axis)
        && lying.channels().stream().allMatch(d -> d == axis || lead.size(d) == 1);
  }

  /** Assigns an axis to a dimension of size 1, which has none yet. */
  private static Arrangement with(Arrangement lying, View lead, int axis, Shape shape) {
    if (lead.size(axis) > 1) {
      return lying;
    }
    return lying.channels().isEmpty() && shape.pixels() > 1
        ? new Arrangement(List.of(axis), lying.rows(), lying.columns())
        : new Arrangement(lying.channels(), lying.rows(), List.of(axis));
  }

  private static List<Value> split(Call call) throws Refusal {
    View x = call.view(0);
    int axis = Call.axis(call.whole("axis", 0), x.rank());
    int outputs = call.node().outputs().size();
    List<Integer> sizes = parts(call, x.size(axis), outputs);
    List<Value> parts = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      parts.add(new Value.Computed(part(call, x, axis, from, from + size)));
      from += size;
    }
    return parts;
  }

  /** The length of each part; the last of equal parts may be shorter. */
  static List<Integer> parts(Call call, int whole, int outputs) throws Refusal {
    if (call.has(1)) {
      return call.known(1, "split").integers();
    }
    Optional<List<Integer>> given = call.wholes("split");
    if (given.isPresent()) {
      return given.get();
    }
    int size = Math.ceilDiv(whole, Math.max(1, outputs));
    List<Integer> sizes = new ArrayList<>(Collections.nCopies(outputs, size));
    sizes.set(outputs - 1, whole - size * (outputs - 1));
    return sizes;
  }

  /** Elements {@code from} up to {@code to} of one dimension. */
  static View part(Call call, View x, int axis, int from, int to) throws Refusal {
    if (from == 0 && to == x.size(axis)) {
      return x;
    }
    if (from < 0 || to > x.size(axis) || from >= to) {
      throw new Refusal(
          "takes %s up to %s of %s elements".formatted(from, to, x.size(axis)),
          "leave out what is empty");
    }
    Shape shape = call.draft().shape(x.node());
    List<Factor> factors = x.dimensions().get(axis);
    boolean outermost =
        factors.size() == 1
            && factors.getFirst().size() * factors.getFirst().stride()
                == factors.getFirst().axis().size(shape);
    View ready =
        outermost ? x : call.layouts().arranged(x, Arrangement.along(x, axis), call.name());
    Factor factor = ready.dimensions().get(axis).getFirst();
    int node = cut(call, ready.node(), factor.axis(), from * factor.stride(), to * factor.stride());
    List<List<Factor>> dimensions = new ArrayList<>(ready.dimensions());
    dimensions.set(
        axis, Factor.merged(List.of(new Factor(factor.axis(), to - from, factor.stride()))));
    return new View(node, dimensions);
  }

  private static int cut(Call call, int node, Axis axis, int from, int to) throws Refusal {
    Shape shape = call.draft().shape(node);
    Op op =
        switch (axis) {
          case CHANNEL -> new Op.Slice(from, to);
          case ROW -> new Op.Crop(from, 0, to - from, shape.width());
          case COLUMN -> new Op.Crop(0, from, shape.height(), to - from);
        };
    return call.draft().add(call.name(), op, node);
  }

  private static View slice(Call call) throws Refusal {
    View x = call.view(0);
    for (Range range : Range.of(call, x.sizes())) {
      x = range(call, x, range);
    }
    return x;
  }

  /** The elements of a range of one dimension. */
  static View range(Call call, View x, Range range) throws Refusal {
    return range.step() == 1
        ? part(call, x, range.axis(), range.from(), range.from() + range.count())
        : taken(call, x, range);
  }

  /** Every n-th element of one dimension. */
  private static View taken(Call call, View x, Range range) throws Refusal {
    if (range.count() == 0) {
      throw new Refusal("takes nothing of " + x.sizes(), "leave it out");
    }
    int axis = range.axis();
    View ready = x;
    if (whole(call, x, axis).isEmpty()) {
      ready = call.layouts().arranged(x, Arrangement.pixels(x.rank(), List.of(axis)), call.name());
    }
    Axis ours = whole(call, ready, axis).orElse(Axis.CHANNEL);
    Op take = new Rearrangement.Take(ours.number(), range.from(), range.step(), range.count());
    int node = call.draft().add(call.name(), take, ready.node());
    List<List<Factor>> dimensions = new ArrayList<>(ready.dimensions());
    dimensions.set(axis, Factor.merged(List.of(new Factor(ours, range.count(), 1))));
    return new View(node, dimensions);
  }

  /** The axis that consists of this dimension alone, if there is one. */
  private static Optional<Axis> whole(Call call, View x, int dimension) {
    for (Axis axis : Axis.values()) {
      if (x.size(dimension) > 1 && x.isWhole(dimension, axis, call.draft().shape(x.node()))) {
        return Optional.of(axis);
      }
    }
    return Optional.empty();
  }
}
