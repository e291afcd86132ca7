package dev.cnnc.compiler.onnx;

import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.Onnx.DataType;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.ModelBuilder;
import dev.cnnc.runtime.weights.TensorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is worked out while a model is imported is what ONNX Runtime works out, to the bit: every
 * result is rounded to its element type.
 */
class FoldedNumbersTest {

  private static final int ROUNDS = 40;

  @TempDir private Path folder;

  private final ModelBuilder model = new ModelBuilder(13);
  private final List<String> outputs = new ArrayList<>();
  private final List<String> what = new ArrayList<>();

  private String cast(String constant, DataType type) {
    return type == DataType.FLOAT
        ? constant
        : model.node("Cast", whole("to", type.number()), constant);
  }

  private String number(double value, DataType type) {
    return cast(model.tensor(List.of(1L), value), type);
  }

  /** Shows a constant: it is added to the input, which is nothing. */
  private void show(String operator, String constant) {
    String shown = model.node("Cast", whole("to", DataType.FLOAT.number()), constant);
    outputs.add(model.node("Add", "x", shown));
    what.add(operator);
  }

  /** An output is right if it is that of ONNX Runtime, or so many units of the last place away. */
  private void check(int ulps) throws Exception {
    Onnx.Model all = model.model(List.of(1L, 1L, 1L, 1L), outputs.toArray(String[]::new));
    List<Float> actual = folded(all);
    List<OnnxRuntime.Output> expected =
        List.copyOf(OnnxRuntime.run(all, folder.resolve("model.onnx"), new float[1]).values());
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < what.size(); i++) {
      float number = actual.get(i);
      float right = expected.get(i).data().get(0);
      boolean equal = Float.compare(number, right) == 0;
      if (!equal && !(Math.abs(number - right) <= ulps * Math.ulp(right))) {
        wrong.add("%s is %s, not %s".formatted(what.get(i), number, right));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** The outputs of a model of one element, which needs no tensors if all is folded. */
  private static List<Float> folded(Onnx.Model all) {
    OnnxImport.Result result = OnnxImport.of(all, "net", Map.of(), Map.of());
    assertThat(result.problems()).isEmpty();
    TensorSource none =
        (name, _) -> {
          throw new IllegalStateException("not folded: " + name);
        };
    return Reference.run(result.network().orElseThrow().graph(), none, new float[1])
        .values()
        .stream()
        .map(output -> (float) output[0])
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Sub", "Mul", "Div", "Min", "Max", "Pow"})
  void arithmeticOfFloats(String operator) throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (int i = 0; i < ROUNDS; i++) {
        double a = random.nextInt(1, 500) / 10.0;
        double b =
            operator.equals("Pow") ? random.nextInt(-4, 5) / 2.0 : random.nextInt(1, 90) / 7.0;
        String both = model.node(operator, number(a, type), number(b, type));
        show("%s %s %s %s".formatted(a, operator, b, type), both);
      }
    }
    check(operator.equals("Pow") ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Neg", "Abs", "Sqrt", "Floor", "Ceil", "Reciprocal", "Exp", "Log", "Tanh"})
  void functionsOfFloats(String operator) throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (int i = 0; i < ROUNDS; i++) {
        double a = random.nextInt(1, 100) / 10.0;
        show("%s %s %s".formatted(operator, a, type), model.node(operator, number(a, type)));
      }
    }
    check(List.of("Exp", "Log", "Tanh").contains(operator) ? 4 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Sub", "Mul", "Div", "Mod", "Pow"})
  void arithmeticOfIntegers(String operator) throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    List<DataType> types =
        operator.equals("Mod")
            ? List.of(DataType.INT8, DataType.UINT8, DataType.INT32, DataType.INT64)
            : List.of(DataType.INT32, DataType.INT64);
    for (DataType type : types) {
      for (int i = 0; i < ROUNDS; i++) {
        int size = type.bytes() == 1 ? 100 : operator.equals("Pow") ? 40_000 : 100_000;
        int a = random.nextInt(type == DataType.UINT8 ? 0 : -size, size);
        int b = operator.equals("Pow") ? random.nextInt(0, 3) : random.nextInt(1, size);
        int sign = type == DataType.UINT8 || operator.equals("Pow") || i % 2 == 0 ? 1 : -1;
        String both = model.node(operator, number(a, type), number(sign * b, type));
        show("%s %s %s %s".formatted(a, operator, sign * b, type), both);
      }
    }
    check(0);
  }

  /** ONNX Runtime takes halves for floats until they are read. */
  @Test
  void halvesAreRoundedToo() {
    for (DataType type : List.of(DataType.FLOAT16, DataType.BFLOAT16)) {
      String third = model.node("Div", number(1, type), number(3, type));
      show("a third", third);
      show("thrice that", model.node("Mul", third, number(3, type)));
      show("1000.3", model.node("Add", number(1000, type), number(0.3, type)));
    }
    assertThat(folded(model.model(List.of(1L, 1L, 1L, 1L), outputs.toArray(String[]::new))))
        .containsExactly(0.33325195f, 1f, 1000.5f, 0.33398438f, 1f, 1000f);
  }

  @Test
  void remaindersLikeThoseOfC() throws Exception {
    for (DataType type : List.of(DataType.FLOAT, DataType.INT32, DataType.INT64)) {
      for (double a : new double[] {7, -7, 5, -12}) {
        for (double b : new double[] {3, -3, 5}) {
          String rest = model.node("Mod", whole("fmod", 1), number(a, type), number(b, type));
          show("%s fmod %s %s".formatted(a, b, type), rest);
        }
      }
    }
    check(0);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT16", "BFLOAT16", "DOUBLE", "BOOL", "INT64", "INT32", "INT16", "INT8"})
  void castsOfFloats(DataType type) throws Exception {
    for (double a :
        new double[] {0, 0.3, 0.7, -0.7, 1.5, -1.5, 2.5, 99.99, -100.01, 0.1, 3.14159}) {
      show("%s to %s".formatted(a, type), number(a, type));
    }
    check(0);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "FLOAT16", "BOOL", "INT64", "INT16", "INT8", "UINT8", "UINT16", "UINT32"})
  void castsOfIntegers(DataType type) throws Exception {
    for (long a :
        new long[] {0, 1, -1, 127, 128, 200, -129, 255, 256, 300, 40_000, 70_000, -70_000}) {
      String wide = model.row(a);
      show("%s to %s".formatted(a, type), model.node("Cast", whole("to", type.number()), wide));
    }
    for (long a : new long[] {16_777_217, 123_456_789, -87_654_321}) {
      if (type == DataType.FLOAT) {
        show("%s to %s".formatted(a, type), model.node("Cast", whole("to", 1), model.row(a)));
      }
    }
    check(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReduceProd", "ReduceMax", "ReduceMin"})
  void reductions(String operator) throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    for (DataType type : List.of(DataType.FLOAT, DataType.INT32, DataType.INT64)) {
      for (int i = 0; i < ROUNDS; i++) {
        double[] numbers = new double[1 + i % 3];
        for (int j = 0; j < numbers.length; j++) {
          numbers[j] = random.nextInt(1, 1000) / (type == DataType.FLOAT ? 7.0 : 1);
        }
        String row = cast(model.tensor(List.of((long) numbers.length), numbers), type);
        String all = model.node(operator, whole("keepdims", 1), row);
        show("%s of %s %s".formatted(operator, Arrays.toString(numbers), type), all);
      }
    }
    check(0);
  }

  @Test
  void ranges() throws Exception {
    for (double step : new double[] {0.1, 0.3, 1, 0.7, 2.5}) {
      for (int last : new int[] {1, 7, 50, 99}) {
        String range =
            model.node("Range", model.constant(0.2), model.constant(100), model.constant(step));
        if (last < 99 / step) {
          show("0.2 + %s * %s".formatted(last, step), model.node("Gather", range, model.row(last)));
        }
        show("the count by " + step, model.node("Shape", range));
      }
    }
    check(0);
  }

  /** The side of a picture times a float, rounded: of which sizes are made. */
  @Test
  void sidesTimesAFactor() throws Exception {
    for (double factor : new double[] {0.7, 0.35, 1.1, 0.3333333, 2.3, 0.29}) {
      for (int side = 1; side <= 200; side += 3) {
        String whole = number(side, DataType.INT64);
        String single = model.node("Cast", whole("to", 1), whole);
        String product = model.node("Mul", single, model.tensor(List.of(1L), factor));
        for (String rounding : List.of("Floor", "Ceil")) {
          String rounded = model.node(rounding, product);
          show(
              "%s %s * %s".formatted(rounding, side, factor),
              model.node("Cast", whole("to", DataType.INT64.number()), rounded));
        }
      }
    }
    check(0);
  }
}
