package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Rearrangement;
import java.util.List;

/** The ops of {@link Rearrangement}, all of them with the channels in front. */
record RearrangementExport(Draft draft, Values values) {

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
        };
    values.put(node, Form.CHANNELS_FIRST, made);
  }
}
