package dev.cnnc.compiler.onnx;

import static dev.cnnc.compiler.testing.ModelBuilder.text;
import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static dev.cnnc.compiler.testing.ModelBuilder.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.testing.ModelBuilder;
import dev.cnnc.runtime.weights.Synthetic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures read at computed places, in every mode, as ONNX Runtime reads them. */
class GridSampleTest {

  private static final List<Long> PICTURE = List.of(1L, 5L, 6L, 7L);

  @TempDir private Path folder;

  /** Places from far outside on one side to far outside on the other, computed from the picture. */
  private static String grid(ModelBuilder builder) {
    String conv =
        builder.node("Conv", "x", builder.weights(2, 5, 1, 1), builder.tensor(List.of(2L), 0, 0.3));
    String wide = builder.node("Mul", conv, builder.constant(3));
    return builder.node("Transpose", wholes("perm", 0, 2, 3, 1), wide);
  }

  private static List<Onnx.Attribute> how(String mode, String padding, int aligned) {
    return List.of(
        text("mode", mode), text("padding_mode", padding), whole("align_corners", aligned));
  }

  private void check(long version, List<Long> shape, String linear) throws Exception {
    ModelBuilder builder = new ModelBuilder(version);
    String grid = grid(builder);
    List<String> outputs = new ArrayList<>();
    for (String mode : List.of(linear, "nearest")) {
      for (String padding : List.of("zeros", "border", "reflection")) {
        for (int aligned = 0; aligned < 2; aligned++) {
          outputs.add(builder.node("GridSample", how(mode, padding, aligned), "x", grid));
        }
      }
    }
    int size = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    float[] picture = new Synthetic().tensor("input", List.of(size));
    Onnx.Model model = builder.model(shape, outputs.toArray(String[]::new));
    new SameAsOnnxRuntime(folder).check(model, picture, 2e-5);
  }

  @Test
  void allModes() throws Exception {
    check(16, PICTURE, "bilinear");
    check(20, List.of(1L, 5L, 6L, 6L), "linear");
  }

  @Test
  void oneRow() throws Exception {
    check(16, List.of(1L, 5L, 1L, 7L), "bilinear");
  }

  /** The picture itself, mirrored and turned, by a grid that the file has. */
  @Test
  void constantGrid() throws Exception {
    ModelBuilder builder = new ModelBuilder(16);
    double[] places = new double[2 * 42];
    for (int row = 0; row < 7; row++) {
      for (int column = 0; column < 6; column++) {
        places[2 * (row * 6 + column)] = 1 - 2.0 * row / 6;
        places[2 * (row * 6 + column) + 1] = 2.0 * column / 5 - 1;
      }
    }
    String grid = builder.tensor(List.of(1L, 7L, 6L, 2L), places);
    String y = builder.node("GridSample", whole("align_corners", 1), "x", grid);
    float[] picture = new Synthetic().tensor("input", List.of(210));
    new SameAsOnnxRuntime(folder).check(builder.model(PICTURE, y), picture, 2e-5);
  }

  private static String reason(ModelBuilder builder, List<Long> shape, String output) {
    var problems = OnnxImport.of(builder.model(shape, output), "n", Map.of(), Map.of()).problems();
    return problems.getFirst().reason();
  }

  @Test
  void whatIsRefused() {
    ModelBuilder cubic = new ModelBuilder(20);
    String sampled = cubic.node("GridSample", text("mode", "cubic"), "x", grid(cubic));
    assertThat(reason(cubic, PICTURE, sampled)).isEqualTo("has the mode cubic");

    ModelBuilder padding = new ModelBuilder(16);
    String odd = padding.node("GridSample", text("padding_mode", "wrap"), "x", grid(padding));
    assertThat(reason(padding, PICTURE, odd)).isEqualTo("has the padding wrap");

    ModelBuilder volume = new ModelBuilder(20);
    String deep =
        volume.node(
            "GridSample",
            volume.node("Unsqueeze", "x", volume.row(2)),
            volume.weights(1, 1, 6, 7, 3));
    assertThat(reason(volume, PICTURE, deep))
        .isEqualTo("samples a tensor of 5 dimensions by a grid of 5");

    ModelBuilder wrong = new ModelBuilder(16);
    String three = wrong.node("GridSample", "x", wrong.weights(1, 6, 7, 3));
    assertThat(reason(wrong, PICTURE, three)).isEqualTo("has a grid of shape [1, 6, 7, 3]");
  }
}
