package dev.cnnc.compiler.onnx;

import static dev.cnnc.compiler.testing.ModelBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Interpolation;
import dev.cnnc.compiler.ir.Interpolation.Coordinates;
import dev.cnnc.compiler.ir.Interpolation.Method;
import dev.cnnc.compiler.ir.Interpolation.Rounding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Rearrangement.Side;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.ModelBuilder;
import dev.cnnc.runtime.weights.Synthetic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Scales are divided by as ONNX Runtime does it, in files of any age, in and out. */
class ResizeTest {

  private static final long WIDTH = 97;
  private static final int SCALES = 25;

  @TempDir private Path folder;

  private static String scales(ModelBuilder model, double rows, double columns) {
    return model.tensor(List.of(4L), 1, 1, rows, columns);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @EnumSource(Coordinates.class)
  void theNearestPixelByScales(Coordinates coordinates) throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    ModelBuilder model = new ModelBuilder(13);
    List<String> outputs = new ArrayList<>();
    boolean ends =
        coordinates == Coordinates.ALIGN_CORNERS || coordinates == Coordinates.TF_CROP_AND_RESIZE;
    for (Rounding rounding : Rounding.values()) {
      for (int i = 0; i < SCALES; i++) {
        // Ratios, and decimals that are none.
        double scale =
            i % 2 == 0
                ? (2 + random.nextInt(200)) / (double) WIDTH
                : (1 + random.nextInt(40)) / 20.0;
        float length = (float) scale * WIDTH;
        boolean whole = length == Math.rint(length);
        boolean exact = new Side(1, (float) scale, 0, 1).isRatio();
        // The standard takes the length before it is rounded down, ONNX Runtime the one after,
        // and the picture itself where its length stays. What is exact here is not there.
        if (Math.floor(length) == WIDTH || (!whole && (ends || exact))) {
          continue;
        }
        String part = model.tensor(List.of(8L), 0, 0, 0, 0.1, 1, 1, 1, 0.1 * (2 + i % 10));
        List<Onnx.Attribute> attributes =
            List.of(
                text("coordinate_transformation_mode", word(coordinates)),
                text("nearest_mode", word(rounding)));
        outputs.add(model.node("Resize", attributes, "x", part, scales(model, 1, scale)));
      }
    }
    new Comparison(folder)
        .text(model.model(List.of(1L, 1L, 1L, WIDTH), outputs.toArray(String[]::new)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.6, 0.6",
    "0.7, 0.5",
    "0.3, 1",
    "1, 0.9",
    "0.6, 2",
    "1.7, 0.3",
    "1.3, 2.6",
    "3, 0.33333334"
  })
  void theNextPixelOfShorterSidesInVersion10(double rows, double columns) throws Exception {
    for (String mode : List.of("nearest", "linear")) {
      ModelBuilder model = new ModelBuilder(10);
      String scales = scales(model, rows, columns);
      String resized = model.node("Resize", text("mode", mode), "x", scales);
      new Comparison(folder).text(model.model(List.of(1L, 2L, 11L, 14L), resized));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1.5", "2, 2", "1.3, 2.6", "1.1, 3"})
  void upsampleOfVersion9(double rows, double columns) throws Exception {
    for (String mode : List.of("nearest", "linear")) {
      ModelBuilder model = new ModelBuilder(9);
      String scales = scales(model, rows, columns);
      String resized = model.node("Upsample", text("mode", mode), "x", scales);
      new Comparison(folder).text(model.model(List.of(1L, 2L, 11L, 14L), resized));
    }
  }

  /** The standard wants scales of 1 at least, and ONNX Runtime refuses others. */
  @Test
  void upsampleMakesNothingSmaller() {
    ModelBuilder model = new ModelBuilder(9);
    String resized = model.node("Upsample", "x", scales(model, 0.5, 2));
    Onnx.Model small = model.model(List.of(1L, 1L, 4L, 4L), resized);
    assertThat(OnnxImport.of(small, "net", Map.of(), Map.of()).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).isEqualTo("makes a picture smaller"));
  }

  /** Engines divide in float; where that misses a pixel, the file says the pixels themselves. */
  @Test
  void whatIsWrittenGivesTheSamePixelsInFloat() throws Exception {
    int missed = 0;
    for (int length = 2; length <= 40; length++) {
      for (Coordinates coordinates : List.of(Coordinates.ASYMMETRIC, Coordinates.HALF_PIXEL)) {
        for (Rounding rounding : Rounding.values()) {
          Rearrangement.Resize resize = nearest(length, coordinates, rounding);
          GraphBuilder graph = new GraphBuilder(1, 29, 13);
          if (!resize.isSameInFloat(graph.shape(0))) {
            missed++;
            checkExport(graph.build(graph.add("resize", resize, 0)));
          }
        }
      }
    }
    assertThat(missed).isPositive();
    checkExport(scaled(0.7f, 0.33333334f, Coordinates.ASYMMETRIC, Rounding.CEIL));
    checkExport(scaled(1.7f, 2f, Coordinates.HALF_PIXEL, Rounding.ROUND_PREFER_CEIL));
  }

  private static Rearrangement.Resize nearest(
      int length, Coordinates coordinates, Rounding rounding) {
    return new Rearrangement.Resize(
        Side.of(length, 29), Side.of(length, 13), how(coordinates, rounding));
  }

  private static Interpolation how(Coordinates coordinates, Rounding rounding) {
    return new Interpolation(Method.NEAREST, coordinates, rounding, -0.75, false, false, 0);
  }

  private static Graph scaled(
      float rows, float columns, Coordinates coordinates, Rounding rounding) {
    GraphBuilder graph = new GraphBuilder(1, 29, 13);
    Rearrangement.Resize resize =
        new Rearrangement.Resize(
            new Side((int) Side.length(rows, 29), rows, 0, 1),
            new Side((int) Side.length(columns, 13), columns, 0, 1),
            how(coordinates, rounding));
    return graph.build(graph.add("resize", resize, 0));
  }

  private void checkExport(Graph graph) throws Exception {
    Synthetic weights = new Synthetic();
    float[] picture = weights.tensor("input", List.of(graph.node(0).shape().size()));
    double[] right = Reference.run(graph, weights, picture).values().iterator().next();
    Onnx.Model model = OnnxExport.of(CompiledGraph.improved(graph).with(graph), weights);
    OnnxRuntime.Output output =
        OnnxRuntime.run(model, folder.resolve("graph.onnx"), picture).values().iterator().next();
    for (int i = 0; i < right.length; i++) {
      assertThat(output.data().get(i)).as("%s", graph.nodes()).isEqualTo((float) right[i]);
    }
  }
}
