package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.weights.RoundedTensor;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes and constants of a model under construction. Names of values are unique; a used name is
 * replaced by another.
 */
final class ModelDraft {

  private final TensorSource source;
  private final Set<String> taken;
  private final List<Onnx.Node> nodes = new ArrayList<>();
  private final List<Onnx.Tensor> initializers = new ArrayList<>();
  private final Map<Constant, String> constants = new HashMap<>();

  /** Numbers that operators need as tensors, shared by operators with equal numbers. */
  private record Constant(Onnx.DataType type, List<Long> dimensions, List<? extends Number> values)
      implements Onnx.Content {

    @Override
    public void write(OutputStream out) throws IOException {
      ByteBuffer bytes =
          ByteBuffer.allocate(values.size() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (Number value : values) {
        if (type.isWhole()) {
          bytes.putLong(value.longValue());
        } else {
          bytes.putFloat(value.floatValue());
        }
      }
      out.write(bytes.array());
    }
  }

  /**
   * An empty one.
   *
   * @param reserved names that {@link #unique} does not return
   */
  ModelDraft(TensorSource source, Set<String> reserved) {
    this.source = source;
    this.taken = new HashSet<>(reserved);
  }

  /** Whether an operator computes the value. */
  boolean computes(String value) {
    return nodes.stream().anyMatch(node -> node.outputs().contains(value));
  }

  /** All operators, with some values renamed. */
  List<Onnx.Node> nodes(Map<String, String> renamed) {
    return nodes.stream()
        .map(
            node ->
                new Onnx.Node(
                    node.name(),
                    node.operator(),
                    renamed(node.inputs(), renamed),
                    renamed(node.outputs(), renamed),
                    node.attributes()))
        .toList();
  }

  private static List<String> renamed(List<String> values, Map<String, String> renamed) {
    return values.stream().map(value -> renamed.getOrDefault(value, value)).toList();
  }

  List<Onnx.Tensor> initializers() {
    return initializers;
  }

  /**
   * Adds an operator with one output and returns its name, which is also the name of the output.
   */
  String node(String name, String operator, List<String> inputs, Onnx.Attribute... attributes) {
    String output = unique(name);
    node(output, operator, inputs, List.of(output), attributes);
    return output;
  }

  /** Adds an operator whose outputs have names from {@link #unique}. */
  void node(
      String name,
      String operator,
      List<String> inputs,
      List<String> outputs,
      Onnx.Attribute... attributes) {
    nodes.add(new Onnx.Node(name, operator, inputs, outputs, Arrays.asList(attributes)));
  }

  /** Adds a learned tensor with the rows of the recipe. */
  String tensor(String name, Recipe recipe, List<Long> dimensions) {
    return tensor(name, dimensions, new RoundedTensor(recipe, source)::write);
  }

  /** The same with rows and columns, or channels and pixels, swapped. */
  String transposed(String name, Recipe recipe, List<Long> dimensions) {
    return tensor(
        name,
        dimensions,
        out -> {
          float[] elements = new RoundedTensor(recipe, source).elements();
          int rows = recipe.shape().getFirst();
          int columns = elements.length / rows;
          ByteBuffer bytes = ByteBuffer.allocate(rows * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          for (int column = 0; column < columns; column++) {
            bytes.clear();
            for (int row = 0; row < rows; row++) {
              bytes.putFloat(elements[row * columns + column]);
            }
            out.write(bytes.array());
          }
        });
  }

  /** A number as an input of pointwise operators. */
  String constant(double value) {
    return constant(new Constant(Onnx.DataType.FLOAT, List.of(), List.of((float) value)));
  }

  /** Adds constants that are computed here. */
  String reals(List<Long> dimensions, List<Float> values) {
    return constant(new Constant(Onnx.DataType.FLOAT, dimensions, values));
  }

  /** Sizes, axes or bounds. */
  String wholes(Long... values) {
    return wholes(List.of(values));
  }

  String wholes(List<Long> values) {
    return constant(
        new Constant(Onnx.DataType.INT64, List.of((long) values.size()), List.copyOf(values)));
  }

  /** A place in a dimension. */
  String whole(long value) {
    return constant(new Constant(Onnx.DataType.INT64, List.of(), List.of(value)));
  }

  private String constant(Constant constant) {
    return constants.computeIfAbsent(
        constant,
        it -> {
          String name = unique("constant_" + constants.size());
          initializers.add(new Onnx.Tensor(name, it.type, it.dimensions, it));
          return name;
        });
  }

  private String tensor(String name, List<Long> dimensions, Onnx.Content content) {
    String unique = unique(name);
    initializers.add(new Onnx.Tensor(unique, Onnx.DataType.FLOAT, dimensions, content));
    return unique;
  }

  /** An unused name: the wanted one, or a similar one. */
  String unique(String wanted) {
    String name = wanted;
    for (int count = 2; !taken.add(name); count++) {
      name = wanted + "/" + count;
    }
    return name;
  }
}
