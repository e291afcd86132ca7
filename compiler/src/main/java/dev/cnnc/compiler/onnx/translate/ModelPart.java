package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The part of a model that a user wants: some of its values, with some inputs known. */
public final class ModelPart {

  private ModelPart() {}

  /**
   * The nodes that some values need.
   *
   * @param outputs names of outputs or of values inside; if empty, all outputs
   * @throws IllegalArgumentException if the model has no such value
   */
  public static Onnx.Model of(Onnx.Model model, List<String> outputs) {
    Onnx.Graph graph = model.graph();
    if (outputs.isEmpty()) {
      return model;
    }
    Set<String> needed = new HashSet<>(outputs);
    Set<String> made = new HashSet<>();
    List<Onnx.Node> nodes = new ArrayList<>();
    for (Onnx.Node node : graph.nodes().reversed()) {
      made.addAll(node.outputs());
      if (node.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(node.reads());
        nodes.addFirst(node);
      }
    }
    List<Onnx.ValueInfo> values = new ArrayList<>();
    for (String output : outputs) {
      if (output.isEmpty() || !made.contains(output)) {
        throw new IllegalArgumentException("no node of the model computes " + output);
      }
      values.add(new Onnx.ValueInfo(output, Onnx.DataType.FLOAT, List.of()));
    }
    return new Onnx.Model(
        model.irVersion(),
        model.producerName(),
        model.producerVersion(),
        model.operatorSets(),
        new Onnx.Graph(graph.name(), nodes, graph.initializers(), graph.inputs(), values),
        model.functions());
  }

  /**
   * Tensors for inputs: a single number stands for all elements, and open sizes are 1.
   *
   * @throws IllegalArgumentException if there is no such input, or it has another number of
   *     elements
   */
  public static Map<String, Onnx.Tensor> constants(
      Onnx.Model model, Map<String, List<Double>> numbers) {
    Map<String, Onnx.Tensor> constants = new HashMap<>();
    numbers.forEach((name, values) -> constants.put(name, constant(model, name, values)));
    return constants;
  }

  private static Onnx.Tensor constant(Onnx.Model model, String name, List<Double> values) {
    Onnx.ValueInfo input =
        model.graph().inputs().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the model has no input " + name));
    List<Long> sizes = input.dimensions().stream().map(size -> Math.max(1, size)).toList();
    long count = sizes.stream().reduce(1L, (a, b) -> Math.min(1L << 31, a * b));
    if ((values.size() != 1 && values.size() != count) || count > Constant.MOST_ELEMENTS) {
      throw new IllegalArgumentException(
          "input %s has %s elements, not %s".formatted(name, count, values.size()));
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(count) * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putDouble(ElementRounding.of(input.type(), values.get(values.size() == 1 ? 0 : i)));
    }
    // As double any element keeps its value; the cast gives it its type again.
    return new Onnx.Tensor(name, Onnx.DataType.DOUBLE, sizes, out -> out.write(bytes.array()));
  }
}
