package dev.cnnc.compiler.onnx.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Printer;
import dev.cnnc.dsl.Source;
import dev.cnnc.runtime.CompiledNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of the examples go out as ONNX files and come in again with the same numbers. */
class RoundTripTest {

  private static final Path ZOO =
      Path.of("..", "generated-examples", "src", "main", "cnn", "networks");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "mobilenet_v2",
        "shufflenet_v2_x1_0",
        "squeezenet1_1",
        "densenet121",
        "googlenet_aux"
      })
  void theNumbersStay(String name) throws IOException {
    Compilation.Result original = compiled(name);
    ImportedModel imported = ImportedModel.again(original, folder);
    try (CompiledNetwork first = ImportedModel.load(original);
        CompiledNetwork second = imported.load()) {
      float[] picture = Results.picture(first, "input");
      float[][] expected = Results.of(first, picture);
      float[][] actual = Results.of(second, picture);
      assertThat(actual).hasDimensions(expected.length, expected[0].length);
      for (int output = 0; output < expected.length; output++) {
        float largest = 0;
        for (float value : expected[output]) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual[output])
            .as(imported.text())
            .containsExactly(expected[output], offset(1e-4f * largest));
      }
    }
  }

  @Test
  void resnetReadsWell() throws IOException {
    String text = ImportedModel.again(compiled("resnet18"), folder).text();
    assertThat(text.lines()).hasSizeLessThan(60);
    assertThat(text)
        .contains("block residual(filters) =")
        .contains("-> layer1: residual(64) * 2\n")
        .doesNotContain("\"layer");
  }

  @Test
  void theTextIsCanonical() throws IOException {
    String text = ImportedModel.again(compiled("densenet121"), folder).text();
    assertThat(Printer.print(Parser.parse(new Source("text", text)).network())).isEqualTo(text);
    assertThat(text).contains("[denselayer{index + 1}: ").contains("] * times");
  }

  private static Compilation.Result compiled(String name) throws IOException {
    return Compiler.compile(
            ZOO.resolve(name + ".cnn"), "", Optional.of(new Network.Weights.Synthetic()))
        .result()
        .orElseThrow();
  }
}
