package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** A model of the standard, written node by node as exporters do; its input is called x. */
public final class ModelBuilder {

  private static final long FORMAT = 8;

  private final long version;
  private final SplittableRandom random = new SplittableRandom(7);
  private final List<Onnx.Node> nodes = new ArrayList<>();
  private final List<Onnx.Tensor> tensors = new ArrayList<>();

  /** For operators of this version. */
  public ModelBuilder(long version) {
    this.version = version;
  }

  public static Onnx.Attribute whole(String name, long value) {
    return new Onnx.Attribute.Whole(name, value);
  }

  public static Onnx.Attribute wholes(String name, long... values) {
    return new Onnx.Attribute.Wholes(name, Arrays.stream(values).boxed().toList());
  }

  public static Onnx.Attribute real(String name, double value) {
    return new Onnx.Attribute.Real(name, (float) value);
  }

  public static Onnx.Attribute text(String name, String value) {
    return new Onnx.Attribute.Text(name, value);
  }

  public String node(String operator, String... inputs) {
    return node(operator, List.of(), inputs);
  }

  public String node(String operator, Onnx.Attribute attribute, String... inputs) {
    return node(operator, List.of(attribute), inputs);
  }

  /** The name of what the node gives. */
  public String node(String operator, List<Onnx.Attribute> attributes, String... inputs) {
    return nodes(operator, attributes, 1, inputs).getFirst();
  }

  /** A node that gives several values. */
  public List<String> nodes(
      String operator, List<Onnx.Attribute> attributes, int outputs, String... inputs) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      names.add("v" + nodes.size() + (i == 0 ? "" : "_" + i));
    }
    nodes.add(new Onnx.Node("", operator, List.of(inputs), names, attributes));
    return names;
  }

  /** A number without dimensions. */
  public String constant(double value) {
    return tensor(List.of(), value);
  }

  public String tensor(List<Long> dimensions, double... values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      buffer.putFloat((float) value);
    }
    return add(Onnx.DataType.FLOAT, dimensions, bytes);
  }

  /** Weights from -0.5 to 0.5, others each time. */
  public String weights(long... dimensions) {
    int size = Math.toIntExact(Arrays.stream(dimensions).reduce(1, Math::multiplyExact));
    double[] values = random.doubles(size, -0.5, 0.5).toArray();
    return tensor(Arrays.stream(dimensions).boxed().toList(), values);
  }

  /** A row of integers. */
  public String row(long... values) {
    return wholes(List.of((long) values.length), values);
  }

  /** An integer without dimensions. */
  public String index(long value) {
    return wholes(List.of(), value);
  }

  /** Integers in these dimensions. */
  public String indices(List<Long> dimensions, long... values) {
    return wholes(dimensions, values);
  }

  private String wholes(List<Long> dimensions, long... values) {
    byte[] bytes = new byte[values.length * Long.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      buffer.putLong(value);
    }
    return add(Onnx.DataType.INT64, dimensions, bytes);
  }

  /** Integers of 8 or 32 bits. */
  public String integers(Onnx.DataType type, List<Long> dimensions, long... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      if (type.bytes() == 1) {
        buffer.put((byte) value);
      } else {
        buffer.putInt(Math.toIntExact(value));
      }
    }
    return add(type, dimensions, buffer.array());
  }

  private String add(Onnx.DataType type, List<Long> dimensions, byte[] bytes) {
    String name = "c" + tensors.size();
    tensors.add(new Onnx.Tensor(name, type, dimensions, out -> out.write(bytes)));
    return name;
  }

  /** All so far, for an input of this shape. */
  public Onnx.Model model(List<Long> input, String... outputs) {
    return model(Onnx.DataType.FLOAT, input, outputs);
  }

  public Onnx.Model model(Onnx.DataType type, List<Long> input, String... outputs) {
    List<Onnx.ValueInfo> all = new ArrayList<>();
    for (String output : outputs) {
      all.add(new Onnx.ValueInfo(output, type, List.of()));
    }
    return new Onnx.Model(
        FORMAT,
        "",
        "",
        List.of(new Onnx.OperatorSet("", version)),
        new Onnx.Graph(
            "g",
            Collections.unmodifiableList(nodes),
            Collections.unmodifiableList(tensors),
            List.of(new Onnx.ValueInfo("x", type, input)),
            all));
  }
}
