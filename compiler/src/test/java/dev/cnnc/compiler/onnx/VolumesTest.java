package dev.cnnc.compiler.onnx;

import static dev.cnnc.compiler.testing.ModelBuilder.text;
import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static dev.cnnc.compiler.testing.ModelBuilder.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.testing.ModelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools of volumes give what ONNX Runtime gives, and a mask of a dropout keeps everything. */
class VolumesTest {

  private static final List<Long> VOLUME = List.of(1L, 3L, 5L, 6L, 7L);

  /** Of two pictures: a batch lies beside the channels. */
  private static final List<Long> VOLUMES = List.of(2L, 2L, 4L, 5L, 3L);

  private final ModelBuilder builder = new ModelBuilder(13);

  @TempDir private Path folder;

  private void compare(List<Long> shape, String... outputs) throws Exception {
    new Comparison(folder).text(builder.model(shape, outputs));
  }

  private String pool(String operator, Onnx.Attribute... more) {
    List<Onnx.Attribute> attributes = new ArrayList<>(List.of(more));
    attributes.add(wholes("kernel_shape", 2, 3, 2));
    return builder.nodes(operator, attributes, 1, "x").getFirst();
  }

  @Test
  void poolsOfBoxes() throws Exception {
    for (String operator : List.of("MaxPool", "AveragePool", "LpPool")) {
      compare(VOLUME, pool(operator), pool(operator, wholes("strides", 1, 2, 3)));
      compare(VOLUMES, pool(operator, wholes("pads", 1, 0, 1, 0, 2, 0)));
    }
  }

  @Test
  void whatAnAverageDividesBy() throws Exception {
    for (long counts = 0; counts < 2; counts++) {
      Onnx.Attribute included = whole("count_include_pad", counts);
      Onnx.Attribute pads = wholes("pads", 1, 2, 0, 0, 1, 1);
      compare(VOLUME, pool("AveragePool", included, pads));
      compare(VOLUME, pool("AveragePool", included, wholes("pads", 1, 0, 0, 0, 0, 0)));
      Onnx.Attribute strides = wholes("strides", 2, 2, 2);
      compare(VOLUME, pool("AveragePool", included, strides, text("auto_pad", "SAME_UPPER")));
      compare(VOLUME, pool("AveragePool", included, strides, text("auto_pad", "SAME_LOWER")));
    }
  }

  @Test
  void roundsSizesUp() throws Exception {
    Onnx.Attribute strides = wholes("strides", 2, 2, 3);
    compare(VOLUME, pool("MaxPool", strides, whole("ceil_mode", 1)));
    compare(VOLUME, pool("MaxPool", wholes("dilations", 2, 1, 3), whole("ceil_mode", 1)));
  }

  @Test
  void allOfThem() throws Exception {
    compare(VOLUME, builder.node("GlobalAveragePool", "x"), builder.node("GlobalMaxPool", "x"));
    compare(VOLUMES, builder.node("GlobalAveragePool", "x"), builder.node("GlobalMaxPool", "x"));
  }

  @Test
  void aConvOfAVolumeIsRefusedWithItsReason() {
    String sum = builder.node("Conv", "x", builder.weights(4, 3, 2, 2, 2));
    var problems = OnnxImport.of(builder.model(VOLUME, sum), "net", Map.of(), Map.of()).problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().reason()).startsWith("slides over 3 axes");
  }

  @Test
  void masksOfDropoutsKeepEverything() throws Exception {
    List<String> made = builder.nodes("Dropout", List.of(), 2, "x");
    String mask = builder.node("Cast", whole("to", 1), made.get(1));
    compare(List.of(1L, 3L, 4L, 5L), builder.node("Mul", made.getFirst(), mask), mask);
  }
}
