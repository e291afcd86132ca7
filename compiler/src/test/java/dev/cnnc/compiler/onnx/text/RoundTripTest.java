package dev.cnnc.compiler.onnx.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.compiler.testing.Zoo;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Printer;
import dev.cnnc.dsl.Source;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Networks of the examples go out as ONNX files and come in again with the same numbers. */
class RoundTripTest {

  /** Of the largest number of an output. */
  private static final double TOLERANCE = 1e-5;

  /** Five minutes for those whose like is among the others, or whose weights are many. */
  private static final Pattern SLOW =
      Pattern.compile(
          "ideas/conv.*|networks/(vgg.*|alexnet.*|overfeat.*|zfnet|nin|vit.*|wide.*|resnext.*"
              + "|resnet(34|50|101|152|50_2015|50_v2)|densenet169|inception.*|convnext.*"
              + "|cifar_resnet(110|1202).*|googlenet|googlenet_2014|squeezenet1_0)");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> theNumbersStay() throws IOException {
    return Zoo.tests(this::check);
  }

  private void check(Path file) throws IOException {
    boolean all = System.getProperty("zoo", "").equals("all");
    assumeTrue(
        all || !SLOW.matcher(Zoo.name(file)).matches(),
        () -> "skipped: " + Zoo.name(file) + " takes long, -Dzoo=all runs it");
    Compilation.Result original = Zoo.compiled(file);
    ImportedModel imported = ImportedModel.again(original, folder);
    // The first run of a quick start uses no vectors: so this compares the two kinds of kernels
    // too.
    try (NetworkInstance first = ImportedModel.instance(original, Start.QUICK);
        NetworkInstance second = ImportedModel.instance(imported.compiled(), Start.VECTORS)) {
      float[][] inputs = Results.inputs(first, "input");
      float[][] expected = Results.of(first, inputs);
      float[][] actual = Results.of(second, inputs);
      assertThat(actual).hasSameDimensionsAs(expected);
      boolean told = true;
      for (int output = 0; output < expected.length; output++) {
        told &= same(expected[output], actual[output], imported.text());
      }
      if (!told) {
        assertThat(layers(imported.compiled())).isEqualTo(layers(original));
      }
    }
  }

  /** Whether there were numbers to compare: 1,202 layers are too much for float. */
  private static boolean same(float[] expected, float[] actual, String text) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      boolean equal = Float.compare(actual[i], expected[i]) == 0;
      if (!equal && !(Math.abs(actual[i] - expected[i]) <= TOLERANCE * largest)) {
        throw new AssertionError(
            "[%d] is %s, not %s, of\n%s".formatted(i, actual[i], expected[i], text));
      }
    }
    return !Double.isNaN(largest);
  }

  /** What each layer is and makes, whatever it is called. */
  private static List<String> layers(Compilation.Result result) {
    Graph graph = result.passes().getLast().graph();
    return graph.nodes().stream()
        .map(node -> node.op().getClass().getSimpleName() + node.shape() + node.inputs())
        .toList();
  }

  @Test
  void resnetReadsWell() throws IOException {
    String text = ImportedModel.again(Zoo.compiled("networks/resnet18"), folder).text();
    assertThat(text.lines()).hasSizeLessThan(60);
    assertThat(text)
        .contains("block residual(filters) =")
        .contains("-> layer1: residual(64) * 2\n")
        .doesNotContain("\"layer");
  }

  @Test
  void theTextIsCanonical() throws IOException {
    String text = ImportedModel.again(Zoo.compiled("networks/densenet121"), folder).text();
    assertThat(Printer.print(Parser.parse(new Source("text", text)).network())).isEqualTo(text);
    assertThat(text).contains("[denselayer{index + 1}: ").contains("] * times");
  }
}
