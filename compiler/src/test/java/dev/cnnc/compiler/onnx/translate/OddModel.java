package dev.cnnc.compiler.onnx.translate;

import static dev.cnnc.compiler.testing.ModelBuilder.real;
import static dev.cnnc.compiler.testing.ModelBuilder.text;
import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static dev.cnnc.compiler.testing.ModelBuilder.wholes;

import dev.cnnc.compiler.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A small model made at random, with odd names, numbers and shapes. */
final class OddModel {

  private static final List<String> NAMES =
      List.of(
          "",
          "448",
          "a:0",
          "a/0",
          "a.0",
          "a_0",
          "labels",
          "softmax",
          "output",
          "input",
          "image",
          "result",
          "network",
          "weights",
          "identity",
          "channels",
          "true",
          "conv",
          "conv.weight",
          "conv.bias",
          "x",
          "at_448",
          "-",
          "..",
          "_",
          "é",
          "a b",
          "{i}",
          "\"",
          "\n",
          "\0",
          "1x1",
          "class",
          "run",
          "int",
          "/a/Conv",
          "/a/a.1/Conv",
          "onnx::Conv_1",
          "when",
          "index",
          "gap",
          "0",
          "1",
          "2.0",
          "a.weight",
          "a",
          "b.0.weight",
          "b.1.weight",
          "infinity",
          "nan",
          "same",
          "." + "n".repeat(300),
          "m.".repeat(120));

  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    2,
    3,
    1e-45,
    1e38,
    -1e38,
    1e-8,
    6,
    1e20,
    0.1,
    -3,
    255,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private static final List<String> FUNCTIONS =
      List.of("Sin", "Cos", "Tan", "Atan", "Acosh", "Sinh", "IsNaN", "IsInf");

  private static final List<String> EQUATIONS =
      List.of("abcd,abcd->abd", "abcd,abed->abce", "ab,cb->ac", "ab,ab->", "abc,acd", "a,b->ab");

  private final SplittableRandom random;
  private final Set<String> taken = new HashSet<>();
  private final List<Onnx.Node> nodes = new ArrayList<>();
  private final List<Onnx.Tensor> tensors = new ArrayList<>();
  private final List<String> values = new ArrayList<>();

  OddModel(SplittableRandom random) {
    this.random = random;
  }

  Onnx.Model model() {
    String input = name();
    values.add(input);
    List<Long> shape = new ArrayList<>(List.of(1L));
    int rank = random.nextInt(1, 5);
    for (int i = 1; i < rank; i++) {
      shape.add(size());
    }
    int count = random.nextInt(1, 7);
    for (int i = 0; i < count; i++) {
      node();
    }
    List<Onnx.ValueInfo> outputs = new ArrayList<>();
    outputs.add(info(values.getLast(), List.of()));
    for (String value : values.subList(1, values.size() - 1)) {
      if (random.nextInt(3) == 0) {
        outputs.add(info(value, List.of()));
      }
    }
    return new Onnx.Model(
        8,
        "",
        "",
        List.of(new Onnx.OperatorSet("", 13)),
        new Onnx.Graph("g", nodes, tensors, List.of(info(input, shape)), outputs));
  }

  private static Onnx.ValueInfo info(String name, List<Long> shape) {
    return new Onnx.ValueInfo(name, Onnx.DataType.FLOAT, shape);
  }

  private long size() {
    return List.of(1L, 1L, 2L, 3L, 4L, 6L, 8L).get(random.nextInt(7));
  }

  /** A name that nothing has. */
  private String name() {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    while (name.isEmpty() || !taken.add(name)) {
      name = NAMES.get(random.nextInt(NAMES.size())) + (random.nextBoolean() ? "." : ":0");
    }
    return name;
  }

  private String value() {
    return values.get(random.nextInt(Math.max(0, values.size() - 2), values.size()));
  }

  private void node() {
    switch (random.nextInt(29)) {
      case 0 -> add("Conv", List.of(pads()), value(), weights(2, size(), 3, 3));
      case 1 -> add("Conv", List.of(), value(), weights(4, size(), 1, 1), weights(4));
      case 2 -> add("Relu", List.of(), value());
      case 3 -> add("Add", List.of(), value(), value());
      case 4 -> add("Mul", List.of(), value(), number());
      case 5 -> add("Add", List.of(), number(), value());
      case 6 -> add("Sub", List.of(), value(), weights(size(), 1, 1));
      case 7 -> add("Clip", List.of(), value(), number(), number());
      case 8 -> add("Softmax", List.of(whole("axis", random.nextInt(-1, 3))), value());
      case 9 -> add("Flatten", List.of(), value());
      case 10 -> add("MatMul", List.of(), value(), weights(size(), size()));
      case 11 -> add("Transpose", List.of(), value());
      case 12 -> add("Reshape", List.of(), value(), row(1, size(), -1));
      case 13 -> add("ReduceSum", List.of(), value(), row(random.nextInt(1, 4)));
      case 14 -> add("ReduceMean", List.of(wholes("axes", random.nextInt(1, 4))), value());
      case 15 -> add("MaxPool", List.of(wholes("kernel_shape", 2, 2)), value());
      case 16 -> add("Pad", List.of(), value(), row(0, 0, 1, 1, 0, 0, 1, 1), number());
      case 17 -> add("Pow", List.of(), value(), number());
      case 18 -> add("Concat", List.of(whole("axis", random.nextInt(0, 3))), value(), value());
      case 19 -> add("LeakyRelu", List.of(real("alpha", number(random))), value());
      case 20 -> add("PRelu", List.of(), value(), weights(size(), 1, 1));
      case 21 -> add("GlobalAveragePool", List.of(), value());
      case 22 -> add("Slice", List.of(), value(), row(1), row(size()), row(random.nextInt(4)));
      case 23, 24 -> lessUsual();
      case 25, 26, 27 -> rare();
      default -> {
        String[] four = {weights(4), weights(4), weights(4), weights(4)};
        double epsilon = number(random);
        List<Onnx.Attribute> attributes = List.of(real("epsilon", epsilon));
        add("BatchNormalization", attributes, value(), four[0], four[1], four[2], four[3]);
      }
    }
  }

  private void lessUsual() {
    String x = value();
    switch (random.nextInt(24)) {
      case 0 -> add("Elu", List.of(real("alpha", number(random))), x);
      case 1 -> {
        List<Onnx.Attribute> attributes =
            List.of(real("alpha", number(random)), real("beta", number(random)));
        add("HardSigmoid", attributes, x);
      }
      case 2 -> add("ReduceMax", List.of(wholes("axes", random.nextInt(-2, 4))), x);
      case 3 -> add("ArgMax", List.of(whole("axis", random.nextInt(-1, 3))), x);
      case 4 -> add("Greater", List.of(), x, number());
      case 5 -> add("Equal", List.of(), x, value());
      case 6 -> add("Where", List.of(), x, value(), number());
      case 7 -> add("Div", List.of(), x, number());
      case 8 -> add("Div", List.of(), number(), x);
      case 9 -> add("Min", List.of(), x, number(), value());
      case 10 -> add("Tile", List.of(), x, row(1, size(), 1, 2));
      case 11 -> add("Expand", List.of(), x, row(size(), size(), 1));
      case 12 -> add("Gather", List.of(whole("axis", random.nextInt(3))), x, row(0, size()));
      case 13 -> add("Unsqueeze", List.of(), x, row(random.nextInt(-1, 4)));
      case 14 -> add("Squeeze", List.of(), x);
      case 15 -> add("InstanceNormalization", List.of(), x, weights(4), weights(4));
      case 16 -> add("LRN", List.of(whole("size", size()), real("bias", number(random))), x);
      case 17 -> add("Cast", List.of(whole("to", random.nextInt(0, 13))), x);
      case 18 -> add("ConvTranspose", List.of(wholes("strides", 2, 1)), x, weights(4, 2, 2, 3));
      case 19 -> add("AveragePool", List.of(wholes("kernel_shape", 3, 2), pads()), x);
      case 20 ->
          add(random.nextBoolean() ? "QuantizeLinear" : "DequantizeLinear", List.of(), x, number());
      case 21 ->
          add("Resize", List.of(), x, "", tensor(Onnx.DataType.FLOAT, List.of(4L), 1, 1, 2, 0.5));
      case 22 -> add("Gemm", List.of(real("alpha", number(random))), x, weights(size(), size()));
      default -> add("Identity", List.of(), x);
    }
  }

  private void rare() {
    String x = value();
    long axis = random.nextInt(-4, 5);
    Onnx.Attribute along = whole("axis", axis);
    int flag = random.nextInt(2);
    switch (random.nextInt(12)) {
      case 0 -> add(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())), List.of(), x);
      case 1 ->
          add("Shrink", List.of(real("lambd", number(random)), real("bias", number(random))), x);
      case 2 -> add("Hardmax", List.of(along), x);
      case 3 -> add("CumSum", List.of(whole("reverse", flag), whole("exclusive", 1)), x, row(axis));
      case 4 -> add("OneHot", List.of(along), x, row(size()), weights(2));
      case 5 -> add("GatherND", List.of(whole("batch_dims", flag)), x, pair(0, axis));
      case 6 -> add("ScatterND", List.of(), x, pair(0, axis), value());
      case 7 -> add("TopK", List.of(along, whole("largest", flag)), x, row(1));
      case 8 -> {
        String equation = EQUATIONS.get(random.nextInt(EQUATIONS.size()));
        add("Einsum", List.of(text("equation", equation)), x, value());
      }
      case 9 -> {
        String mode = flag == 0 ? "reflection" : "border";
        String grid = random.nextBoolean() ? value() : weights(1, size(), size(), 2);
        add("GridSample", List.of(text("padding_mode", mode)), x, grid);
      }
      case 10 -> add("Mod", List.of(whole("fmod", flag)), x, number());
      default -> {
        String pads = row(0, axis, 1, 0, flag, 0, 1, axis);
        add("Pad", List.of(text("mode", flag == 0 ? "constant" : "edge")), x, pads, number());
      }
    }
  }

  private String pair(long first, long second) {
    return tensor(Onnx.DataType.INT64, List.of(1L, 2L), (double) first, (double) second);
  }

  private static double number(SplittableRandom random) {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private Onnx.Attribute pads() {
    return random.nextBoolean() ? wholes("pads", 1, 1, 1, 1) : wholes("pads", 0, 1, 1, 0);
  }

  private void add(String operator, List<Onnx.Attribute> attributes, String... inputs) {
    String title = NAMES.get(random.nextInt(NAMES.size()));
    String output = name();
    nodes.add(new Onnx.Node(title, operator, List.of(inputs), List.of(output), attributes));
    values.add(output);
  }

  private String number() {
    return tensor(Onnx.DataType.FLOAT, List.of(), number(random));
  }

  private String weights(long... shape) {
    List<Long> dimensions = new ArrayList<>();
    int count = 1;
    for (long size : shape) {
      dimensions.add(size);
      count *= Math.toIntExact(size);
    }
    double[] numbers = random.doubles(count, -1, 1).toArray();
    if (random.nextInt(6) == 0) {
      numbers[random.nextInt(count)] = number(random);
    }
    return tensor(Onnx.DataType.FLOAT, dimensions, numbers);
  }

  private String row(long... numbers) {
    double[] row = new double[numbers.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = numbers[i];
    }
    return tensor(Onnx.DataType.INT64, List.of((long) row.length), row);
  }

  private String tensor(Onnx.DataType type, List<Long> dimensions, double... numbers) {
    byte[] bytes = new byte[numbers.length * type.bytes()];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      if (type == Onnx.DataType.FLOAT) {
        buffer.putFloat((float) number);
      } else {
        buffer.putLong((long) number);
      }
    }
    String name = name();
    tensors.add(new Onnx.Tensor(name, type, dimensions, out -> out.write(bytes)));
    return name;
  }
}
