package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Exports convs and fcs with their epilogues. */
record SumExport(ModelDraft draft, Values values) {

  void conv(Node node, Op.Conv conv) {
    if (conv.isFc()) {
      pixelFc(node, conv);
      return;
    }
    List<String> inputs = new ArrayList<>();
    inputs.add(values.name(node.inputs().getFirst(), Form.CHANNELS_FIRST));
    inputs.add(weight(node, conv.weight()));
    bias(node, conv.bias()).ifPresent(inputs::add);
    String sum =
        draft.node(
            sumName(node, conv.epilogue()),
            "Conv",
            inputs,
            window(conv.window(), new Onnx.Attribute.Whole("group", conv.groups())));
    finish(node, conv.epilogue(), Form.CHANNELS_FIRST, sum);
  }

  /** The attributes of operators with a window. */
  static Onnx.Attribute[] window(Window window, Onnx.Attribute... more) {
    List<Onnx.Attribute> attributes = new ArrayList<>();
    attributes.add(wholes("kernel_shape", window.height(), window.width()));
    attributes.add(wholes("strides", window.strideHeight(), window.strideWidth()));
    attributes.add(
        wholes(
            "pads",
            window.padding().top(),
            window.padding().left(),
            window.padding().bottom(),
            window.padding().right()));
    if (window.isDilated()) {
      attributes.add(wholes("dilations", window.dilationHeight(), window.dilationWidth()));
    }
    attributes.addAll(List.of(more));
    return attributes.toArray(Onnx.Attribute[]::new);
  }

  private static Onnx.Attribute wholes(String name, long... values) {
    return new Onnx.Attribute.Wholes(name, Arrays.stream(values).boxed().toList());
  }

  /** A matrix product over the channels of every pixel. */
  private void pixelFc(Node node, Op.Conv conv) {
    String input = values.name(node.inputs().getFirst(), Form.CHANNELS_LAST);
    if (node.shape().isVector()) {
      gemm(node, conv, input);
      return;
    }
    List<Integer> shape = conv.weight().shape();
    String weight =
        draft.transposed(
            node.name() + ".weight",
            conv.weight(),
            List.of(shape.get(1).longValue(), shape.get(0).longValue()));
    Optional<String> bias = bias(node, conv.bias());
    String last = sumName(node, conv.epilogue());
    String product =
        draft.node(
            bias.isPresent() ? node.name() + "/MatMul" : last, "MatMul", List.of(input, weight));
    String sum = bias.map(it -> draft.node(last, "Add", List.of(product, it))).orElse(product);
    finish(node, conv.epilogue(), Form.CHANNELS_LAST, sum);
  }

  /** Exports an fc, whose input is flattened in the order channels, rows, columns. */
  void fc(Node node, Op.Fc fc) {
    int input = node.inputs().getFirst();
    gemm(node, fc, flat(input));
  }

  /** A value as {@code [1, size]}. */
  String flat(int id) {
    Shape shape = values.shape(id);
    return shape.isVector()
        ? values.name(id, Form.CHANNELS_LAST)
        : draft.node(
            values.layer(id) + "/Flatten",
            "Flatten",
            List.of(values.name(id, Form.CHANNELS_FIRST)),
            new Onnx.Attribute.Whole("axis", 1));
  }

  private void gemm(Node node, Op.Weighted op, String input) {
    List<String> inputs = new ArrayList<>();
    inputs.add(input);
    inputs.add(weight(node, op.weight()));
    bias(node, op.bias()).ifPresent(inputs::add);
    String sum =
        draft.node(
            sumName(node, op.epilogue()), "Gemm", inputs, new Onnx.Attribute.Whole("transB", 1));
    finish(node, op.epilogue(), Form.CHANNELS_LAST, sum);
  }

  private String weight(Node node, Recipe weight) {
    return draft.tensor(
        node.name() + ".weight", weight, weight.shape().stream().map(Integer::longValue).toList());
  }

  private Optional<String> bias(Node node, Optional<Recipe> bias) {
    return bias.map(
        recipe ->
            draft.tensor(
                node.name() + ".bias", recipe, List.of(recipe.shape().getFirst().longValue())));
  }

  /** The last operator of the layer gets the name of the layer. */
  private static String sumName(Node node, Epilogue epilogue) {
    return epilogue.residual() || epilogue.activates() ? node.name() + "/sum" : node.name();
  }

  private void finish(Node node, Epilogue epilogue, Form form, String sum) {
    String value = sum;
    if (epilogue.residual()) {
      String residual = values.name(node.inputs().get(1), form);
      String name = epilogue.activates() ? node.name() + "/Add" : node.name();
      value = draft.node(name, "Add", List.of(value, residual));
    }
    values.put(
        node, form, new FunctionExport(draft).add(epilogue.activation(), value, node.name()));
  }
}
