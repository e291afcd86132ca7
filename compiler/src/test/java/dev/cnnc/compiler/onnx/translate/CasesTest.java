package dev.cnnc.compiler.onnx.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Models that once gave wrong numbers, in files beside the checkout, through the emitted classes. A
 * kind of fault is listed here once it is mended.
 */
class CasesTest {

  private static final Path CASES = Path.of("..", "..", "shared", "cases");

  /** Of the largest number of an output. */
  private static final double TOLERANCE = 1e-6;

  /** Of inputs that the file leaves open. */
  private static final Map<String, Map<String, List<Long>>> SHAPES =
      Map.of("scrfd9.onnx", Map.of("input.1", List.of(3L, 8L, 8L)));

  /** Models whose pictures have their channels last. */
  private static final Set<String> CHANNELS_LAST = Set.of("keras.onnx");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c01-nearest-resize",
        "c02-folded-float-sizes",
        "c03-pow",
        "c04-if-squeeze",
        "c06-mxnet-prelu",
        "c07-names",
        "c08-argmax",
        "c10-two-inputs",
        "c11-nhwc",
        "c12-qdq",
        "c13-pad-pool",
        "c14-functions",
        "c19-file-forms",
        "c23-norms",
        "c28-nonfinite",
        "c29-compare-where",
        "c30-folded-weights",
        "c32-broadcast-runs",
        "c33-resize10"
      })
  void givesTheNumbersOfItsOracle(String kind) throws IOException {
    Path cases = CASES.resolve(kind);
    assumeTrue(Files.exists(cases), () -> "skipped: there is no " + cases.normalize());
    List<Path> models;
    try (Stream<Path> files = Files.list(cases)) {
      models =
          files
              .filter(file -> file.toString().endsWith(".onnx"))
              .filter(file -> Files.exists(expected(file)))
              .sorted()
              .toList();
    }
    assertThat(models).isNotEmpty();
    for (Path model : models) {
      check(model);
    }
  }

  /** The numbers of a model; one that is to be refused has none. */
  private static Path expected(Path model) {
    return model.resolveSibling(model.getFileName().toString().replace(".onnx", ".expected.json"));
  }

  private void check(Path model) throws IOException {
    JsonNode known = JsonMapper.shared().readTree(Files.readString(expected(model)));
    JsonNode expected = known.get("expected");
    String file = model.getFileName().toString();
    Map<String, List<Long>> shapes = SHAPES.getOrDefault(file, Map.of());
    try (CompiledNetwork network = ImportedModel.of(model, shapes, folder).load()) {
      float[] picture = floats(known.get("input"));
      float[][] results =
          Results.of(network, CHANNELS_LAST.contains(file) ? channelsFirst(picture) : picture);
      assertThat(results).as("%s", model).hasNumberOfRows(expected.size());
      for (int i = 0; i < results.length; i++) {
        checkSame(model + ", output " + i, results[i], floats(expected.get(i)));
      }
    }
  }

  /** A picture of three channels as the network takes it. */
  private static float[] channelsFirst(float[] picture) {
    int pixels = picture.length / 3;
    float[] turned = new float[picture.length];
    for (int i = 0; i < picture.length; i++) {
      turned[i % 3 * pixels + i / 3] = picture[i];
    }
    return turned;
  }

  private static void checkSame(String what, float[] actual, float[] expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    float largest = 0;
    for (float number : expected) {
      largest = Float.isFinite(number) ? Math.max(largest, Math.abs(number)) : largest;
    }
    for (int i = 0; i < actual.length; i++) {
      boolean equal = Float.compare(actual[i], expected[i]) == 0;
      double difference = Math.abs((double) actual[i] - expected[i]);
      assertThat(equal || difference <= TOLERANCE * largest)
          .as("%s[%s] is %s, not %s", what, i, actual[i], expected[i])
          .isTrue();
    }
  }

  /** Numbers that JSON has no word for are strings there: {@code "inf"}. */
  private static float[] floats(JsonNode list) {
    float[] floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      JsonNode each = list.get(i);
      floats[i] =
          each.isNumber()
              ? (float) each.doubleValue()
              : Float.parseFloat(
                  each.stringValue().replace("inf", "Infinity").replace("nan", "NaN"));
    }
    return floats;
  }
}
