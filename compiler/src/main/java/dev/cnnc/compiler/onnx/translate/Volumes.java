package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op.Reduction;
import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Imports pools of volumes. The largest or average number of a box is that of the largest or
 * average numbers of its slices, so a pool over rows and columns comes first, then one over the
 * depth. What an average divides by is a product too, of the counts along each axis.
 */
final class Volumes {

  /** Attributes with one number for each axis, or with one for each end of each axis. */
  private static final Set<String> BY_AXIS = Set.of("kernel_shape", "strides", "dilations", "pads");

  private static final int AXES = 3;

  private Volumes() {}

  /** A pool of a tensor of batch, channels, depth, rows and columns. */
  static View pool(Call call, View x, Reduction reduction, boolean countPadding) throws Refusal {
    View slices = pool(call, x, List.of(0, 1, 2), List.of(3, 4), reduction, countPadding);
    return pool(call, slices, List.of(0, 1, 3, 4), List.of(2), reduction, countPadding);
  }

  /** A volume whose rows lie side by side, for an operator that does not ask where a number is. */
  static View asPicture(Call call, View x) throws Refusal {
    Arrangement side = new Arrangement(List.of(0, 1), List.of(2), List.of(3, 4));
    return call.layouts().arranged(x, side, call.name());
  }

  /** A pool over some dimensions; the others count as channels. */
  private static View pool(
      Call call,
      View x,
      List<Integer> others,
      List<Integer> along,
      Reduction reduction,
      boolean countPadding)
      throws Refusal {
    List<Integer> rows = along.size() == 2 ? along.subList(0, 1) : List.of();
    Arrangement arrangement =
        new Arrangement(others, rows, along.subList(along.size() - 1, along.size()));
    View ready = call.layouts().arranged(x, arrangement, call.name());
    List<Integer> sizes = ready.sizes();
    List<Integer> flat = new ArrayList<>(List.of(1));
    flat.add(ViewOperators.product(others.stream().map(sizes::get).toList()));
    along.forEach(dimension -> flat.add(sizes.get(dimension)));
    View picture = View.of(ready.node(), Arrangement.picture(flat.size()), flat);
    View pooled = PoolOperators.pool(along(call, along), picture, reduction, countPadding);
    List<Integer> made = new ArrayList<>(sizes);
    for (int i = 0; i < along.size(); i++) {
      made.set(along.get(i), pooled.size(2 + i));
    }
    return View.of(pooled.node(), arrangement, made);
  }

  /** The node with the attributes of some of its axes. */
  private static Call along(Call call, List<Integer> dimensions) throws Refusal {
    List<Onnx.Attribute> attributes = new ArrayList<>();
    for (Onnx.Attribute attribute : call.attributes()) {
      attributes.add(
          attribute instanceof Onnx.Attribute.Wholes(String name, List<Long> values)
                  && BY_AXIS.contains(name)
              ? new Onnx.Attribute.Wholes(name, chosen(name, values, dimensions))
              : attribute);
    }
    Onnx.Node node = call.node();
    return new Call(
        new Onnx.Node(node.name(), node.operator(), node.inputs(), node.outputs(), attributes),
        call.inputs(),
        call.version(),
        call.draft(),
        call.past(),
        call.readers());
  }

  private static List<Long> chosen(String name, List<Long> values, List<Integer> dimensions)
      throws Refusal {
    int ends = name.equals("pads") ? 2 : 1;
    if (values.size() != ends * AXES) {
      throw new Refusal("has %s %s for a volume".formatted(name, values), "export the model again");
    }
    List<Long> chosen = new ArrayList<>();
    for (int end = 0; end < ends; end++) {
      for (int dimension : dimensions) {
        chosen.add(values.get(end * AXES + dimension - 2));
      }
    }
    return chosen;
  }
}
