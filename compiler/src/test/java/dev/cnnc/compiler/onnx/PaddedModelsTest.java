package dev.cnnc.compiler.onnx;

import static dev.cnnc.compiler.testing.ModelBuilder.text;
import static dev.cnnc.compiler.testing.ModelBuilder.wholes;

import dev.cnnc.compiler.onnx.translate.ChannelsLast;
import dev.cnnc.compiler.testing.ModelBuilder;
import dev.cnnc.runtime.weights.Synthetic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with transposes and pads where TensorFlow's converters leave them. */
class PaddedModelsTest {

  private static final List<Long> PICTURE = List.of(1L, 8L, 6L, 3L);
  private static final Onnx.Attribute FIRST = wholes("perm", 0, 3, 1, 2);
  private static final Onnx.Attribute LAST = wholes("perm", 0, 2, 3, 1);

  private final ModelBuilder builder = new ModelBuilder(13);

  @TempDir private Path folder;

  private void check(String... outputs) throws Exception {
    Onnx.Model model = builder.model(PICTURE, outputs);
    float[] picture = new Synthetic().tensor("input", List.of(144));
    boolean turned = ChannelsLast.is(model.graph(), "x", 4);
    float[] theirs = turned ? ChannelsLast.turned(picture, 3) : picture;
    new SameAsOnnxRuntime(folder).check(model, picture, theirs, 2e-6);
  }

  private String conv(String x, int filters, int channels) {
    return builder.node("Conv", x, builder.weights(filters, channels, 3, 3));
  }

  @Test
  void leadingTranspose() throws Exception {
    check(conv(builder.node("Transpose", FIRST, "x"), 4, 3));
  }

  @Test
  void padBeforeTheTranspose() throws Exception {
    String pads = builder.row(0, 1, 2, 0, 0, 0, 1, 0);
    String padded = builder.node("Pad", "x", pads);
    check(conv(builder.node("Transpose", FIRST, padded), 4, 3));
  }

  @Test
  void otherPadsBeforeTheTranspose() throws Exception {
    List<String> outputs = new ArrayList<>();
    String pads = builder.row(0, 1, 2, 0, 0, 2, 1, 0);
    for (String mode : List.of("constant", "reflect", "edge")) {
      String padded = builder.node("Pad", text("mode", mode), "x", pads, builder.constant(0.5));
      outputs.add(conv(builder.node("Transpose", FIRST, padded), 2, 3));
    }
    String channels = builder.node("Pad", "x", builder.row(0, 0, 1, 1, 0, 0, 0, 2));
    outputs.add(conv(builder.node("Transpose", FIRST, channels), 2, 6));
    check(outputs.toArray(String[]::new));
  }

  /** Between convs with their channels first, and with a value of its own around the channels. */
  @Test
  void transposesInTheMiddle() throws Exception {
    String sum = conv(builder.node("Transpose", FIRST, "x"), 4, 3);
    String last = builder.node("Transpose", LAST, sum);
    String scaled = builder.node("Mul", last, builder.tensor(List.of(4L), 0.5, 1, 2, -1));
    String padded =
        builder.node("Pad", scaled, builder.row(0, 1, 1, 0, 0, 1, 1, 1), builder.constant(0.25));
    String again = builder.node("Transpose", FIRST, padded);
    check(conv(again, 2, 5));
  }

  @Test
  void outputWithItsChannelsLast() throws Exception {
    String sum = conv(builder.node("Transpose", FIRST, "x"), 4, 3);
    String last = builder.node("Transpose", LAST, builder.node("Relu", sum));
    String softmax = builder.node("Softmax", last);
    check(last, softmax);
  }

  /** Of other ranks, of the batch, from the end, and less than nothing. */
  @Test
  void padsOfAnyDimension() throws Exception {
    List<String> outputs = new ArrayList<>();
    outputs.add(builder.node("Pad", "x", builder.row(1, 0, 0, 0, 0, 0, 2, 0)));
    outputs.add(builder.node("Pad", "x", builder.row(0, -1, 0, 1, 0, 0, -2, 0)));
    String volume = builder.node("Reshape", "x", builder.row(1, 2, 4, 6, 3));
    outputs.add(
        builder.node(
            "Pad", volume, builder.row(0, 0, 1, 0, 2, 0, 1, 0, 1, 0), builder.constant(-1)));
    String row = builder.node("Reshape", "x", builder.row(12, 12));
    outputs.add(builder.node("Pad", row, builder.row(1, 2, 0, 3), builder.constant(2)));
    String flat = builder.node("Reshape", "x", builder.row(144));
    outputs.add(builder.node("Pad", text("mode", "reflect"), flat, builder.row(2, 3)));
    check(outputs.toArray(String[]::new));
  }
}
