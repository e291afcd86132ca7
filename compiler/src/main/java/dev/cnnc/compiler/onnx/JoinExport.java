package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/** Exports ops of several values, which must have a common form, and attention. */
record JoinExport(ModelDraft draft, Values values) {

  /** An op of two values or more; the operator {@code variadic} takes any number. */
  void pointwise(Node node, String ofTwo, String variadic) {
    Form form = common(node);
    List<String> inputs = node.inputs().stream().map(id -> values.name(id, form)).toList();
    String operator = inputs.size() == 2 ? ofTwo : variadic;
    values.put(node, form, draft.node(node.name(), operator, inputs));
  }

  /** The operator takes two values and repeats a single pixel itself. */
  void multiply(Node node) {
    Form form = common(node);
    String product = values.name(node.inputs().getFirst(), form);
    for (int i = 1; i < node.inputs().size(); i++) {
      String name = i + 1 < node.inputs().size() ? node.name() + "/Mul" : node.name();
      product = draft.node(name, "Mul", List.of(product, values.name(node.inputs().get(i), form)));
    }
    values.put(node, form, product);
  }

  void concat(Node node) {
    Form form = common(node);
    List<String> inputs = node.inputs().stream().map(id -> values.name(id, form)).toList();
    values.put(
        node,
        form,
        draft.node(
            node.name(),
            "Concat",
            inputs,
            new Onnx.Attribute.Whole("axis", form.channelAxis(node.shape()))));
  }

  /** The form that saves the most expensive conversion; converting a vector costs nothing. */
  private Form common(Node node) {
    List<Integer> whole =
        node.inputs().stream()
            .filter(id -> !values.isLearned(id))
            .filter(id -> node.shape().isVector() || !values.shape(id).isVector())
            .toList();
    List<Integer> deciding = whole.isEmpty() ? node.inputs() : whole;
    return deciding.stream().anyMatch(id -> values.form(id) == Form.CHANNELS_FIRST)
        ? Form.CHANNELS_FIRST
        : Form.CHANNELS_LAST;
  }

  /**
   * Exports attention with the queries, keys and values of each head as matrices: {@code softmax(q
   * k) v}.
   */
  void attention(Node node, int heads) {
    int input = node.inputs().getFirst();
    Shape shape = node.shape();
    String name = node.name();
    long pixels = shape.pixels();
    long channels = shape.channels();
    long size = channels / heads;
    List<String> parts = new ArrayList<>();
    for (String kind : List.of("query", "key", "value")) {
      parts.add(draft.unique(name + "/" + kind));
    }
    draft.node(
        name + "/Split",
        "Split",
        List.of(values.name(input, Form.CHANNELS_LAST), draft.wholes(channels, channels, channels)),
        parts,
        new Onnx.Attribute.Whole("axis", Form.CHANNELS_LAST.channelAxis(values.shape(input))));
    List<Long> split = List.of(1L, pixels, (long) heads, size);
    String query =
        values.transposed(name, values.reshaped(name, parts.get(0), split), 0L, 2L, 1L, 3L);
    String key =
        values.transposed(name, values.reshaped(name, parts.get(1), split), 0L, 2L, 3L, 1L);
    String value =
        values.transposed(name, values.reshaped(name, parts.get(2), split), 0L, 2L, 1L, 3L);
    String products = draft.node(name + "/MatMul", "MatMul", List.of(query, key));
    String scores =
        draft.node(
            name + "/Div", "Div", List.of(products, draft.constant(Math.sqrt((double) size))));
    String shares =
        draft.node(
            name + "/Softmax", "Softmax", List.of(scores), new Onnx.Attribute.Whole("axis", -1));
    String found = draft.node(name + "/found", "MatMul", List.of(shares, value));
    String together = values.transposed(name, found, 0L, 2L, 1L, 3L);
    String whole = draft.wholes(Form.CHANNELS_LAST.dimensions(shape));
    values.put(node, Form.CHANNELS_LAST, draft.node(name, "Reshape", List.of(together, whole)));
  }
}
