package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import java.util.List;

/** Exports the ops of {@link Rearrangement}, all in NCHW. */
record RearrangementExport(ModelDraft draft, Values values) {

  void add(Node node, Rearrangement op) {
    String x = values.name(node.inputs().getFirst(), Form.CHANNELS_FIRST);
    String made =
        switch (op) {
          case Rearrangement.Reshape _ -> {
            String shape = draft.wholes(Form.CHANNELS_FIRST.dimensions(node.shape()));
            yield draft.node(node.name(), "Reshape", List.of(x, shape));
          }
          case Rearrangement.Permute(List<Integer> order) ->
              draft.node(
                  node.name(),
                  "Transpose",
                  List.of(x),
                  new Onnx.Attribute.Wholes(
                      "perm",
                      List.of(0L, order.get(0) + 1L, order.get(1) + 1L, order.get(2) + 1L)));
          case Rearrangement.PixelShuffle(int factor) ->
              draft.node(
                  node.name(),
                  "DepthToSpace",
                  List.of(x),
                  new Onnx.Attribute.Whole("blocksize", factor),
                  new Onnx.Attribute.Text("mode", "CRD"));
          case Rearrangement.PixelUnshuffle(int factor) -> unshuffle(node, factor, x);
          case Rearrangement.Take take -> take(node, take, x);
          case Rearrangement.Border border -> resampling().border(node, border, x);
          case Rearrangement.Resize resize -> resampling().resize(node, resize, x);
        };
    values.put(node, Form.CHANNELS_FIRST, made);
  }

  private ResampleExport resampling() {
    return new ResampleExport(draft, values);
  }

  /** The least number as an end means the place before the first element. */
  private String take(Node node, Rearrangement.Take take, String x) {
    long end = take.from() + (long) take.count() * take.step();
    return draft.node(
        node.name(),
        "Slice",
        List.of(
            x,
            draft.wholes((long) take.from()),
            draft.wholes(end < 0 ? (long) Integer.MIN_VALUE : end),
            draft.wholes(take.axis() + 1L),
            draft.wholes((long) take.step())));
  }

  /** The operator SpaceToDepth has another order of channels. */
  private String unshuffle(Node node, long factor, String x) {
    Shape shape = node.shape();
    List<Long> squares =
        List.of(
            1L,
            shape.channels() / factor / factor,
            (long) shape.height(),
            factor,
            (long) shape.width(),
            factor);
    String apart = values.reshaped(node.name(), x, squares);
    String turned = values.transposed(node.name(), apart, 0L, 1L, 3L, 5L, 2L, 4L);
    String whole = draft.wholes(Form.CHANNELS_FIRST.dimensions(shape));
    return draft.node(node.name(), "Reshape", List.of(turned, whole));
  }
}
