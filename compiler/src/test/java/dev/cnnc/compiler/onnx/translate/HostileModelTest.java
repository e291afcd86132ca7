package dev.cnnc.compiler.onnx.translate;

import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static dev.cnnc.compiler.testing.ModelBuilder.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.text.NetworkText;
import dev.cnnc.compiler.testing.ModelBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-formed models that are meant to cost time or memory end soon: in problems, or a network. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HostileModelTest {

  private static final int MANY = 20_000;

  private static OnnxImport.Result result(List<Long> input, Function<ModelBuilder, String> nodes) {
    ModelBuilder model = new ModelBuilder(17);
    return OnnxImport.of(model.model(input, nodes.apply(model)), "net", Map.of(), Map.of());
  }

  private static String reason(List<Long> input, Function<ModelBuilder, String> nodes) {
    OnnxImport.Result result = result(input, nodes);
    assertThat(result.network()).isEmpty();
    return result.problems().getFirst().reason();
  }

  private static final List<Long> ONE = List.of(1L, 1L);
  private static final List<Long> PICTURE = List.of(1L, 4L, 8L, 8L);

  private static String repeated(String first, Function<String, String> next) {
    String value = first;
    for (int i = 0; i < MANY; i++) {
      value = next.apply(value);
    }
    return value;
  }

  @Test
  void aLongRowOfFactorsIsNotWalkedAtEachOfThem() {
    OnnxImport.Result result =
        result(
            PICTURE,
            model -> {
              String two = model.constant(1);
              String product = repeated("x", value -> model.node("Mul", value, two));
              return model.node("Mul", product, model.node("Sigmoid", product));
            });
    assertThat(result.network()).isPresent();
  }

  @Test
  void manyLayersOfOneName() {
    OnnxImport.Result result =
        result(PICTURE, model -> repeated("x", value -> model.node("Relu", value)));
    assertThat(NetworkText.of(result.network().orElseThrow(), Optional.empty()))
        .contains("-> relu");
  }

  @Test
  void aTangleIsWrittenWithManyNames() {
    OnnxImport.Result result =
        result(
            PICTURE,
            model -> {
              List<String> values = new ArrayList<>(List.of("x", "x"));
              for (int i = 0; i < 2_000; i++) {
                values.add(model.node("Add", values.get(i), values.get(i + 1)));
              }
              return values.getLast();
            });
    assertThat(NetworkText.of(result.network().orElseThrow(), Optional.empty()).lines())
        .hasSizeGreaterThan(1_000);
  }

  @Test
  void constantsThatGrow() {
    assertThat(reason(ONE, it -> it.node("Expand", "x", it.row(1 << 15, 1 << 15))))
        .contains("makes a constant of shape");
    assertThat(reason(ONE, it -> it.node("Expand", "x", it.row(1 << 16, 1 << 16)))).isNotBlank();
    assertThat(
            reason(
                ONE,
                it -> {
                  String column = it.node("ConstantOfShape", it.row(30_000, 1));
                  String row = it.node("ConstantOfShape", it.row(1, 30_000));
                  return it.node("Add", "x", it.node("Add", column, row));
                }))
        .contains("makes a constant of shape");
    assertThat(
            reason(
                ONE,
                it -> {
                  String both = it.node("ConstantOfShape", it.row(1 << 20));
                  for (int i = 0; i < 40; i++) {
                    both = it.node("Concat", whole("axis", 0), both, both);
                  }
                  return it.node("Add", "x", both);
                }))
        .contains("makes a constant of shape");
    assertThat(
            reason(
                ONE,
                it -> {
                  String sum = it.node("ConstantOfShape", it.row(1 << 21));
                  for (int i = 0; i < 1000; i++) {
                    sum = it.node("Add", sum, sum);
                  }
                  return it.node("Add", "x", sum);
                }))
        .contains("numbers that were computed during the import");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 80})
  void aConstantThatIsTurnedAgainAndAgain(int side) {
    OnnxImport.Result result =
        result(
            List.of(1L, (long) side),
            it -> {
              String weight = it.weights(side, side);
              Onnx.Attribute turn = wholes("perm", 1, 0);
              return it.node(
                  "MatMul", "x", repeated(weight, value -> it.node("Transpose", turn, value)));
            });
    assertThat(result.network().isPresent()).isEqualTo(side == 8);
  }

  @Test
  void tensorsOfManyDimensions() {
    long[] ones = new long[1 << 15];
    Arrays.fill(ones, 1);
    assertThat(
            reason(
                ONE,
                it -> {
                  String shape = it.row(ones);
                  return repeated("x", value -> it.node("Reshape", value, shape));
                }))
        .isEqualTo("makes a tensor of 32768 dimensions");
  }

  @Test
  void sizesThatContradictEachOther() {
    assertThat(reason(PICTURE, it -> it.node("Flatten", whole("axis", -100), "x"))).isNotBlank();
    assertThat(reason(PICTURE, it -> it.node("ConvTranspose", "x", it.weights(4)))).isNotBlank();
    assertThat(
            reason(
                PICTURE,
                it -> it.node("Conv", wholes("kernel_shape", 3, 3), "x", it.weights(4, 4, 5, 5))))
        .isEqualTo("needs a tensor of [4, 4, 3, 3], not of [4, 4, 5, 5]");
    assertThat(reason(PICTURE, it -> it.node("Conv", "x", it.weights(4, 4, 1, 1), it.weights(3))))
        .isEqualTo("needs a tensor of [4], not of [3]");
  }
}
