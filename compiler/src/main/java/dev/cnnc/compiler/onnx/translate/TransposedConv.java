package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import java.util.List;
import java.util.Optional;

/** Imports ConvTranspose. Its padding is given, or follows from the wanted output size. */
final class TransposedConv {

  private TransposedConv() {}

  /** The padding that is cut off along one axis, and the size that is added at the end. */
  private record Side(int before, int after, int more) {}

  static View translate(Call call) throws Refusal {
    View x = SumOperators.picture(call);
    Constant weight = call.known(1, "weight");
    Optional<Constant> bias = call.has(2) ? Optional.of(call.known(2, "bias")) : Optional.empty();
    List<Integer> kernel =
        call.wholes("kernel_shape").orElse(weight.sizes().subList(2, weight.rank()));
    Window window = Windows.bare(call, kernel, x.rank() - 2);
    int groups = Math.toIntExact(call.whole("group", 1));
    int filters = weight.sizes().get(1) * groups;
    boolean picture = x.rank() == 4;
    Side rows = picture ? side(call, x, window.strideHeight(), window.reachHeight(), 2, 0) : none();
    int last = x.rank() - 1;
    Side columns = side(call, x, window.strideWidth(), window.reachWidth(), last, last - 2);
    Window padded =
        window.with(new Padding(rows.before, columns.before, rows.after, columns.after));
    List<Integer> shape =
        List.of(weight.sizes().getFirst(), weight.sizes().get(1), window.height(), window.width());
    LayerPlan plan =
        tensors ->
            new Computation.ConvTranspose(
                filters,
                padded,
                new Computation.OutputPadding(rows.more, columns.more),
                groups,
                tensors.keep(".weight", shape, weight),
                bias.map(it -> tensors.keep(".bias", List.of(filters), it)));
    int node = call.draft().add(LayerName.of(call.node(), weight.name()), plan, x.node());
    return SumOperators.ofPicture(call, node, x.rank());
  }

  private static Side none() {
    return new Side(0, 0, 0);
  }

  /**
   * Padding along one axis.
   *
   * @param dimension of the input
   * @param axis among those of the picture
   */
  private static Side side(Call call, View x, int stride, int reach, int dimension, int axis)
      throws Refusal {
    int axes = x.rank() - 2;
    int more = call.wholes("output_padding").map(all -> all.get(axis)).orElse(0);
    Optional<List<Integer>> wanted = call.wholes("output_shape");
    String automatic = call.text("auto_pad", "NOTSET");
    boolean same = automatic.startsWith("SAME");
    if (wanted.isEmpty() && !same) {
      List<Integer> pads = call.wholes("pads").orElse(List.of(0, 0, 0, 0));
      return automatic.equals("VALID")
          ? new Side(0, 0, more)
          : new Side(pads.get(axis), pads.get(axes + axis), more);
    }
    int size =
        wanted.map(all -> all.get(all.size() - axes + axis)).orElse(x.size(dimension) * stride);
    int total = stride * (x.size(dimension) - 1) + more + reach - size;
    if (total < 0) {
      return new Side(0, 0, more - total);
    }
    int smaller = total / 2;
    return automatic.equals("SAME_UPPER")
        ? new Side(smaller, total - smaller, more)
        : new Side(total - smaller, smaller, more);
  }
}
