package dev.cnnc.compiler.onnx;

import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static dev.cnnc.compiler.testing.ModelBuilder.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.Onnx.DataType;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.ModelBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Quantised models give what ONNX Runtime gives: 99.9 % of the elements within one step of the
 * output's scale, all within two.
 */
class QuantizedModelsTest {

  private static final List<Long> PICTURE = List.of(1L, 4L, 16L, 17L);
  private static final List<Long> NONE = List.of();
  private static final double ENOUGH = 0.999;

  private final ModelBuilder builder = new ModelBuilder(13);
  private final SplittableRandom random = new SplittableRandom(5);

  @TempDir private Path folder;

  /** Runs both, and gives our text. */
  private String check(double step, String output) throws Exception {
    Onnx.Model model = builder.model(PICTURE, output);
    float[] picture = new float[4 * 16 * 17];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = (float) random.nextDouble(-2, 2);
    }
    FloatBuffer right =
        OnnxRuntime.run(model, folder.resolve("o.onnx"), picture).get(output).data();
    ImportedModel imported = ImportedModel.of(model, "o", Map.of(), folder, "");
    try (CompiledNetwork network = imported.load()) {
      float[] ours = Results.of(network, picture)[0];
      assertThat(ours).hasSize(right.remaining());
      int near = 0;
      for (int i = 0; i < ours.length; i++) {
        double steps = Math.abs(ours[i] - right.get(i)) / step;
        near += steps <= 1.001 ? 1 : 0;
        assertThat(steps).as("element %s: %s, not %s", i, ours[i], right.get(i)).isLessThan(2.001);
      }
      assertThat(near).isGreaterThanOrEqualTo((int) (ENOUGH * ours.length));
      assertThat(Arrays.stream(boxed(ours)).distinct().count()).isGreaterThan(8);
    }
    return imported.text();
  }

  private static Double[] boxed(float[] numbers) {
    Double[] boxed = new Double[numbers.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = (double) numbers[i];
    }
    return boxed;
  }

  private long[] bytes(int count, long least, long most) {
    return LongStream.range(0, count).map(_ -> random.nextLong(least, most + 1)).toArray();
  }

  private String bytes(long... dimensions) {
    int count = (int) Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
    return builder.integers(
        DataType.INT8, Arrays.stream(dimensions).boxed().toList(), bytes(count, -127, 127));
  }

  private String unsigned(long value) {
    return builder.integers(DataType.UINT8, NONE, value);
  }

  private String signed(long value) {
    return builder.integers(DataType.INT8, NONE, value);
  }

  private String quantized(String x, double scale, String zero) {
    return builder.node("QuantizeLinear", x, builder.constant(scale), zero);
  }

  private String numbers(String x, double scale, String zero) {
    return builder.node("DequantizeLinear", x, builder.constant(scale), zero);
  }

  /** A pair of both. */
  private String rounded(String x, double scale, String zero) {
    return numbers(quantized(x, scale, zero), scale, zero);
  }

  /** Weights by channel, and a bias in the steps of the products. */
  private String conv(String x, double scale, int inputs, int outputs) {
    double[] scales = random.doubles(outputs, 0.001, 0.003).toArray();
    String byChannel = builder.tensor(List.of((long) outputs), scales);
    long[] zeros = new long[outputs];
    String zero = builder.integers(DataType.INT8, List.of((long) outputs), zeros);
    String weight =
        builder.node(
            "DequantizeLinear", whole("axis", 0), bytes(outputs, inputs, 3, 3), byChannel, zero);
    double[] products = Arrays.stream(scales).map(each -> each * scale).toArray();
    String bias =
        builder.node(
            "DequantizeLinear",
            whole("axis", 0),
            builder.integers(DataType.INT32, List.of((long) outputs), bytes(outputs, -3000, 3000)),
            builder.tensor(List.of((long) outputs), products));
    return builder.node("Conv", wholes("pads", 1, 1, 1, 1), x, weight, bias);
  }

  @Test
  void convsAndAResidualOfPairs() throws Exception {
    String x = rounded("x", 0.0157, unsigned(128));
    String first = rounded(builder.node("Relu", conv(x, 0.0157, 4, 8)), 0.02, unsigned(0));
    String second = rounded(conv(first, 0.02, 8, 8), 0.04, unsigned(117));
    String sum = rounded(builder.node("Add", first, second), 0.05, signed(-20));
    String text = check(0.05, sum);
    assertThat(text).contains("fake_quantize(0.02, min: 0, max: 255)").doesNotContain("relu");
  }

  @Test
  void aFullyConnectedLayer() throws Exception {
    String x = rounded("x", 0.0157, signed(0));
    String flat = builder.node("Flatten", x);
    String weight = numbers(bytes(40, 4 * 16 * 17), 0.002, signed(0));
    String sums = builder.node("Gemm", whole("transB", 1), flat, weight);
    check(0.05, rounded(sums, 0.05, signed(0)));
  }

  @Test
  void operatorsOfIntegers() throws Exception {
    String in = builder.constant(0.0157);
    String zeroIn = unsigned(128);
    String x = builder.node("QuantizeLinear", "x", in, zeroIn);
    String scales = builder.tensor(List.of(8L), random.doubles(8, 0.001, 0.003).toArray());
    String zeros = builder.integers(DataType.INT8, List.of(8L), new long[8]);
    String middle = builder.constant(0.03);
    String zeroMiddle = unsigned(100);
    String bias = builder.integers(DataType.INT32, List.of(8L), bytes(8, -3000, 3000));
    String conv =
        builder.node(
            "QLinearConv",
            wholes("pads", 1, 1, 1, 1),
            x,
            in,
            zeroIn,
            bytes(8, 4, 3, 3),
            scales,
            zeros,
            middle,
            zeroMiddle,
            bias);
    String pool = builder.node("MaxPool", wholes("kernel_shape", 2, 2), conv);
    String out = builder.constant(0.05);
    String product =
        builder.node(
            "QLinearMatMul",
            pool,
            middle,
            zeroMiddle,
            bytes(16, 12),
            builder.constant(0.004),
            signed(0),
            out,
            unsigned(130));
    check(0.05, builder.node("DequantizeLinear", product, out, unsigned(130)));
  }

  @Test
  void rangesThatAreMeasuredWhileItRuns() throws Exception {
    List<String> x = builder.nodes("DynamicQuantizeLinear", List.of(), 3, "x");
    String weight =
        builder.integers(DataType.UINT8, List.of(8L, 4L, 3L, 3L), bytes(8 * 36, 0, 255));
    String sums =
        builder.node(
            "ConvInteger",
            wholes("pads", 1, 1, 1, 1),
            x.getFirst(),
            weight,
            x.get(2),
            unsigned(120));
    String scale = builder.node("Mul", x.get(1), builder.constant(0.002));
    String conv = builder.node("Mul", builder.node("Cast", whole("to", 1), sums), scale);
    List<String> y = builder.nodes("DynamicQuantizeLinear", List.of(), 3, conv);
    String product =
        builder.node("MatMulInteger", y.getFirst(), bytes(17, 12), y.get(2), signed(0));
    String both = builder.node("Mul", y.get(1), builder.constant(0.004));
    String result = builder.node("Mul", builder.node("Cast", whole("to", 1), product), both);
    check(0.1, result);
  }

  private static float rounded(float x, float scale, int zero) {
    double integer = Math.clamp(Math.rint(x / scale) + zero, 0, 255);
    return (float) (integer - zero) * scale;
  }

  /** Its domain is not the standard's, so what is right is computed here. */
  @Test
  void sumsOfOnnxRuntimesOwn() throws Exception {
    String in = builder.constant(0.0157);
    String out = builder.constant(0.04);
    String x = builder.node("QuantizeLinear", "x", in, unsigned(128));
    String sum =
        builder.node(
            "com.microsoft.QLinearAdd",
            x,
            in,
            unsigned(128),
            x,
            in,
            unsigned(128),
            out,
            unsigned(120));
    Onnx.Model model =
        builder.model(PICTURE, builder.node("DequantizeLinear", sum, out, unsigned(120)));
    float[] picture = new float[4 * 16 * 17];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = (i - 500) / 250f;
    }
    try (CompiledNetwork network = ImportedModel.of(model, "o", Map.of(), folder, "").load()) {
      float[] ours = Results.of(network, picture)[0];
      for (int i = 0; i < ours.length; i++) {
        float one = rounded(picture[i], 0.0157f, 128);
        assertThat(ours[i]).isEqualTo(rounded(one + one, 0.04f, 120));
      }
    }
  }

  /** Halves go to the even neighbour, and what lies beyond the type's range to its end. */
  @Test
  void halvesAndEnds() throws Exception {
    String x = builder.node("Mul", "x", builder.constant(200));
    String halves = builder.node("Mul", builder.node("Round", x), builder.constant(0.25));
    check(1e-6, rounded(halves, 0.5, signed(3)));
  }

  /** The text of a network has no infinite scale, and an import would have made one. */
  @Test
  void aScaleIsANumberAboveZero() {
    for (double scale : new double[] {Double.POSITIVE_INFINITY, 0, -1, Double.NaN}) {
      ModelBuilder odd = new ModelBuilder(13);
      String integers = odd.node("QuantizeLinear", "x", odd.constant(scale));
      Onnx.Model model = odd.model(List.of(1L, 2L, 3L, 3L), integers);
      assertThat(OnnxImport.of(model, "odd", Map.of(), Map.of()).problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.reason()).isEqualTo("has a scale of " + scale));
    }
  }
}
