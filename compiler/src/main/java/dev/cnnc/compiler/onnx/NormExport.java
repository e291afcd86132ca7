package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;

/** Exports norms and scales. */
record NormExport(ModelDraft draft, Values values) {

  void batchNorm(Node node, Op.BatchNorm norm) {
    int input = node.inputs().getFirst();
    Form form = values.shape(input).isVector() ? values.form(input) : Form.CHANNELS_FIRST;
    values.put(
        node,
        form,
        batchNorm(
            node,
            node.name(),
            form,
            norm.weight(),
            norm.bias(),
            norm.mean(),
            norm.variance(),
            norm.epsilon()));
  }

  private String batchNorm(
      Node node,
      String name,
      Form form,
      Recipe weight,
      Recipe bias,
      Recipe mean,
      Recipe variance,
      double epsilon) {
    List<String> inputs =
        List.of(
            values.name(node.inputs().getFirst(), form),
            tensor(node, "weight", weight),
            tensor(node, "bias", bias),
            tensor(node, "running_mean", mean),
            tensor(node, "running_var", variance));
    return draft.node(
        name, "BatchNormalization", inputs, new Onnx.Attribute.Real("epsilon", (float) epsilon));
  }

  /** The last operator of the layer gets the name of the layer. */
  void scale(Node node, Op.Scale scale) {
    Form form = values.form(node.inputs().getFirst());
    String name = scale.isBare() ? node.name() : node.name() + "/scale";
    String scaled = scaled(node, name, form, scale);
    values.put(node, form, new FunctionExport(draft).add(scale.function(), scaled, node.name()));
  }

  /** Uses one operator if possible, because two would read memory twice. */
  private String scaled(Node node, String name, Form form, Op.Scale scale) {
    int input = node.inputs().getFirst();
    String x = values.name(input, form);
    if (scale.constant().isPresent()) {
      String factor = draft.constant(scale.constant().getAsDouble());
      return draft.node(name, "Mul", List.of(x, factor));
    }
    if (form == Form.CHANNELS_FIRST || values.shape(input).isVector()) {
      List<Integer> shape = List.of(node.shape().channels());
      Recipe zeros = new Recipe.Filled(0, shape);
      Recipe ones = new Recipe.Filled(1, shape);
      return batchNorm(node, name, form, scale.factor(), scale.shift(), zeros, ones, 0);
    }
    String factor = tensor(node, "weight", scale.factor());
    String shift = tensor(node, "bias", scale.shift());
    String product = draft.node(node.name() + "/Mul", "Mul", List.of(x, factor));
    return draft.node(name, "Add", List.of(product, shift));
  }

  void layerNorm(Node node, Op.LayerNorm norm) {
    List<String> inputs =
        List.of(
            values.name(node.inputs().getFirst(), Form.CHANNELS_LAST),
            tensor(node, "weight", norm.weight()),
            tensor(node, "bias", norm.bias()));
    values.put(
        node,
        Form.CHANNELS_LAST,
        draft.node(
            node.name(),
            "LayerNormalization",
            inputs,
            new Onnx.Attribute.Whole("axis", -1),
            new Onnx.Attribute.Real("epsilon", (float) norm.epsilon())));
  }

  void prelu(Node node, Recipe slope) {
    int input = node.inputs().getFirst();
    Form form = values.form(input);
    long slopes = slope.shape().getFirst();
    List<Long> dimensions =
        form == Form.CHANNELS_FIRST && slopes > 1 ? List.of(slopes, 1L, 1L) : List.of(slopes);
    String weight = draft.tensor(node.name() + ".weight", slope, dimensions);
    String x = values.name(input, form);
    values.put(node, form, draft.node(node.name(), "PRelu", List.of(x, weight)));
  }

  void softmax(Node node, boolean logarithm) {
    int input = node.inputs().getFirst();
    Form form = values.form(input);
    values.put(
        node,
        form,
        draft.node(
            node.name(),
            logarithm ? "LogSoftmax" : "Softmax",
            List.of(values.name(input, form)),
            new Onnx.Attribute.Whole("axis", form.channelAxis(node.shape()))));
  }

  /**
   * The operator has no even sizes. For those, our layer has the extra neighbour before the
   * channel, not after it.
   */
  void localResponse(Node node, Op.LocalResponseNorm norm) {
    String x = values.name(node.inputs().getFirst(), Form.CHANNELS_FIRST);
    values.put(
        node,
        Form.CHANNELS_FIRST,
        norm.size() % 2 == 1
            ? draft.node(
                node.name(),
                "LRN",
                List.of(x),
                new Onnx.Attribute.Real("alpha", (float) norm.alpha()),
                new Onnx.Attribute.Real("beta", (float) norm.beta()),
                new Onnx.Attribute.Real("bias", (float) norm.k()),
                new Onnx.Attribute.Whole("size", norm.size()))
            : evenLocalResponse(node, norm, x));
  }

  /** The average of the squares of neighbours is computed by a pool over channels. */
  private String evenLocalResponse(Node node, Op.LocalResponseNorm norm, String x) {
    String name = node.name();
    long channels = node.shape().channels();
    long pixels = node.shape().pixels();
    String squares = draft.node(name + "/Mul", "Mul", List.of(x, x));
    String flat = values.reshaped(name, squares, List.of(1L, 1L, channels, pixels));
    String averages =
        draft.node(
            name + "/AveragePool",
            "AveragePool",
            List.of(flat),
            new Onnx.Attribute.Wholes("kernel_shape", List.of((long) norm.size(), 1L)),
            new Onnx.Attribute.Wholes(
                "pads", List.of(norm.size() / 2L, 0L, (norm.size() - 1) / 2L, 0L)),
            new Onnx.Attribute.Whole("count_include_pad", 1));
    String back = values.reshaped(name, averages, Form.CHANNELS_FIRST.dimensions(node.shape()));
    String scaled =
        draft.node(name + "/scaled", "Mul", List.of(back, draft.constant(norm.alpha())));
    String base = draft.node(name + "/Add", "Add", List.of(scaled, draft.constant(norm.k())));
    String power = draft.node(name + "/Pow", "Pow", List.of(base, draft.constant(norm.beta())));
    return draft.node(name, "Div", List.of(x, power));
  }

  private String tensor(Node node, String kind, Recipe recipe) {
    return draft.tensor(node.name() + "." + kind, recipe, List.of((long) node.shape().channels()));
  }
}
