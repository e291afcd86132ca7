package dev.cnnc.compiler.onnx;

import static dev.cnnc.compiler.testing.ModelBuilder.real;
import static dev.cnnc.compiler.testing.ModelBuilder.text;
import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static dev.cnnc.compiler.testing.ModelBuilder.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.testing.ModelBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator means in its version, and what must not be taken for something else. */
class VersionsTest {

  private static final List<Long> PICTURE = List.of(1L, 4L, 6L, 8L);
  private static final List<Long> VOLUME = List.of(1L, 2L, 3L, 4L, 4L);

  @TempDir private Path folder;

  private void agrees(long version, List<Long> input, Function<ModelBuilder, String> nodes)
      throws Exception {
    ModelBuilder model = new ModelBuilder(version);
    new Comparison(folder).text(model.model(input, nodes.apply(model)));
  }

  private static String reason(
      long version, List<Long> input, Function<ModelBuilder, String> nodes) {
    ModelBuilder model = new ModelBuilder(version);
    return OnnxImport.of(model.model(input, nodes.apply(model)), "net", Map.of(), Map.of())
        .problems()
        .getFirst()
        .reason();
  }

  @ParameterizedTest
  @CsvSource({"11, 1", "11, 2", "11, -1", "13, 1", "13, 2", "13, -1"})
  void softmaxIsOverAllThatFollowsOrOneAxis(long version, long axis) throws Exception {
    agrees(version, PICTURE, model -> model.node("Softmax", whole("axis", axis), "x"));
  }

  @ParameterizedTest
  @CsvSource({"11, 1", "11, 3", "17, 2", "17, -2", "17, -1"})
  void attentionIsAShareOfEachRow(long version, long axis) throws Exception {
    agrees(
        version,
        List.of(1L, 6L, 8L),
        model -> {
          String split = model.node("Reshape", "x", model.row(1, 6, 2, 4));
          String heads = model.node("Transpose", wholes("perm", 0, 2, 1, 3), split);
          String turned = model.node("Transpose", wholes("perm", 0, 1, 3, 2), heads);
          String product = model.node("MatMul", heads, turned);
          String scores = model.node("Div", product, model.constant(2));
          return model.node("MatMul", model.node("Softmax", whole("axis", axis), scores), heads);
        });
  }

  @Test
  void settingsThatWereAttributesOnce() throws Exception {
    agrees(9, PICTURE, it -> it.node("Clip", List.of(real("min", -0.2), real("max", 0.3)), "x"));
    agrees(
        9,
        PICTURE,
        it ->
            it.node("Pad", List.of(wholes("pads", 0, 0, 1, 2, 0, 0, 3, 0), real("value", 1)), "x"));
    agrees(
        9,
        PICTURE,
        it ->
            it.node(
                "Slice",
                List.of(wholes("starts", 1, -4), wholes("ends", 99, -1), wholes("axes", 1, 3)),
                "x"));
    agrees(11, PICTURE, it -> it.node("Unsqueeze", wholes("axes", -1), it.node("Abs", "x")));
    agrees(
        17,
        PICTURE,
        it -> it.node("ReduceMax", List.of(wholes("axes", -1, 1), whole("keepdims", 0)), "x"));
    agrees(18, PICTURE, it -> it.node("ReduceMean", whole("keepdims", 0), "x", it.row(1, 3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nearest", "linear"})
  void picturesGrowByTheRuleOfTheirTime(String mode) throws Exception {
    for (long version : List.of(9L, 10L)) {
      String operator = version == 9 ? "Upsample" : "Resize";
      agrees(
          version,
          PICTURE,
          it -> it.node(operator, text("mode", mode), "x", it.tensor(List.of(4L), 1, 1, 2, 3)));
    }
    agrees(
        13, PICTURE, it -> it.node("Resize", text("mode", mode), "x", "", "", it.row(1, 4, 9, 8)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1"})
  void averagesAtTheRim(long ceiling, long counted) throws Exception {
    agrees(
        17,
        PICTURE,
        it ->
            it.node(
                "AveragePool",
                List.of(
                    wholes("kernel_shape", 3, 3),
                    wholes("strides", 2, 2),
                    wholes("pads", 0, 1, 1, 1),
                    whole("ceil_mode", ceiling),
                    whole("count_include_pad", counted)),
                "x"));
  }

  @Test
  void windowsBeyondTheRimHaveNoNorm() throws Exception {
    Function<ModelBuilder, String> norm =
        it ->
            it.node(
                "LpPool",
                List.of(
                    wholes("kernel_shape", 2, 2), wholes("strides", 2, 2), whole("ceil_mode", 1)),
                "x");
    agrees(18, PICTURE, norm);
    assertThat(reason(18, List.of(1L, 4L, 5L, 5L), norm)).contains("beyond the padding");
  }

  @Test
  void picturesOfThreeAxesAreNotOfTwo() {
    String reason =
        reason(
            17, VOLUME, it -> it.node("InstanceNormalization", "x", it.weights(2), it.weights(2)));
    assertThat(reason).isNotBlank();
  }

  @Test
  void anAxisOfAVolumeIsPadded() throws Exception {
    agrees(17, VOLUME, it -> it.node("Pad", "x", it.row(0, 0, 1, 0, 0, 0, 0, 1, 0, 0)));
  }

  @Test
  void trainingIsNotRunning() {
    String reason =
        reason(13, PICTURE, it -> it.node("Dropout", "x", it.constant(0.5), it.constant(1)));
    assertThat(reason).isEqualTo("is a dropout in training");
  }

  @Test
  void theReasonIsThatOfTheNodeItself() {
    String reason =
        reason(
            17,
            PICTURE,
            it -> {
              String lost = it.node("LSTM", "x");
              String centred = it.node("Sub", lost, it.node("ReduceMean", lost));
              String squares = it.node("ReduceMean", it.node("Pow", centred, it.constant(2)));
              String root = it.node("Sqrt", it.node("Add", squares, it.constant(1)));
              return it.node("Div", centred, root);
            });
    assertThat(reason).isEqualTo("there is no layer for it");
  }

  @ParameterizedTest
  @ValueSource(longs = {OnnxImport.OLDEST - 1, OnnxImport.NEWEST + 1})
  void otherVersionsAreRefused(long version) {
    assertThat(reason(version, PICTURE, it -> it.node("Relu", "x")))
        .isEqualTo("are of version %s; 7 to 28 can be read".formatted(version));
  }
}
