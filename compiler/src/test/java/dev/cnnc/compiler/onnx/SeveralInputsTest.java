package dev.cnnc.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.onnx.translate.Problem;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of several inputs go out as ONNX models and come in again. */
class SeveralInputsTest {
  private static final String TEXT =
      """
      network pair
      input left [3, 9, 9]
      input known [4]
      input right [3, 9, 9]
      weights synthetic
      one = left -> a: conv(8, 3x3, pad: 1) -> relu -> gap
      two = right -> b: conv(8, 3x3, pad: 1) -> relu -> gap
      output distance = one -> sub(identity, two) -> concat(identity, known) -> fc: fc(5)
      output difference = left -> sub(identity, right)
      """;

  @TempDir private Path folder;

  @Test
  void theNumbersStay() throws IOException {
    Path file = Files.writeString(folder.resolve("pair.cnn"), TEXT);
    Compilation.Result original =
        Compiler.compileHere(file, Optional.empty()).result().orElseThrow();
    ImportedModel imported = ImportedModel.again(original, folder);
    assertThat(imported.text())
        .contains("input left [3, 9, 9]\ninput known [4, 1, 1]\ninput right [3, 9, 9]\n");
    try (NetworkInstance first = ImportedModel.instance(original, Start.QUICK);
        NetworkInstance second = ImportedModel.instance(imported.compiled(), Start.VECTORS)) {
      float[][] inputs = Results.inputs(first, "input");
      float[][] expected = Results.of(first, inputs);
      float[][] actual = Results.of(second, inputs);
      for (int output = 0; output < expected.length; output++) {
        assertThat(actual[output]).containsExactly(expected[output], within(1e-5f));
      }
    }
  }

  /** Behind the sum stands a transpose that would bring the channels of a picture to the front. */
  @Test
  void aMaskIsNoPictureWithItsChannelsLast() {
    Onnx.Attribute first = new Onnx.Attribute.Wholes("perm", List.of(0L, 3L, 1L, 2L));
    Onnx.Graph graph =
        new Onnx.Graph(
            "g",
            List.of(
                new Onnx.Node("relu", "Relu", List.of("scores"), List.of("x"), List.of()),
                new Onnx.Node("add", "Add", List.of("x", "mask"), List.of("s"), List.of()),
                new Onnx.Node("turn", "Transpose", List.of("s"), List.of("y"), List.of(first))),
            List.of(),
            List.of(
                info("scores", Onnx.DataType.FLOAT, 1, 4, 5, 6),
                info("mask", Onnx.DataType.FLOAT, 1, 1, 5, 6)),
            List.of(info("y", Onnx.DataType.FLOAT, 1, 6, 4, 5)));
    Onnx.Model model = new Onnx.Model(8, "", "", List.of(new Onnx.OperatorSet("", 17)), graph);
    OnnxImport.Result result = OnnxImport.of(model, "net", Map.of(), Map.of());
    assertThat(result.notes()).isEmpty();
    assertThat(result.network().orElseThrow().graph().inputs())
        .extracting(input -> input.shape().toString())
        .containsExactly("[4, 5, 6]", "[1, 5, 6]");
  }

  @Test
  void everyInputKeepsItsPlace() {
    for (long seed = 0; seed < 40; seed++) {
      var network = CompiledGraph.improved(RandomGraphs.ofSeveralInputs(seed));
      Onnx.Model model = OnnxExport.of(network, new Synthetic());
      assertThat(model.graph().inputs())
          .extracting(Onnx.ValueInfo::name)
          .containsExactlyElementsOf(network.inputs().stream().map(it -> it.name()).toList());
    }
  }

  @Test
  void whatIsWrongIsTold() {
    Onnx.ValueInfo good = info("a", Onnx.DataType.FLOAT, 1, 4);
    assertThat(problems(Map.of(), good, info("a", Onnx.DataType.FLOAT, 1, 4)))
        .extracting(Problem::reason)
        .containsExactly("two have one name");
    assertThat(problems(Map.of("c", List.of(4L)), good, info("b", Onnx.DataType.FLOAT, 1, 4)))
        .extracting(Problem::cure)
        .containsExactly("the model's inputs are called a, b");
    assertThat(problems(Map.of(), good, info("b", Onnx.DataType.INT64, 1, 4)))
        .extracting(Problem::cure)
        .containsExactly("give it a value: --constant b=1");
    assertThat(problems(Map.of(), good, info("b", Onnx.DataType.FLOAT, 1, -1)))
        .extracting(Problem::cure)
        .containsExactly("tell it: --input-shape b=3,224,224");
  }

  private static Onnx.ValueInfo info(String name, Onnx.DataType type, long... sizes) {
    return new Onnx.ValueInfo(name, type, Arrays.stream(sizes).boxed().toList());
  }

  private static List<Problem> problems(
      Map<String, List<Long>> shapes, Onnx.ValueInfo one, Onnx.ValueInfo other) {
    Onnx.Graph graph =
        new Onnx.Graph(
            "g",
            List.of(
                new Onnx.Node(
                    "add", "Add", List.of(one.name(), other.name()), List.of("y"), List.of())),
            List.of(),
            List.of(one, other),
            List.of(info("y", Onnx.DataType.FLOAT, 1, 4)));
    Onnx.Model model = new Onnx.Model(8, "", "", List.of(new Onnx.OperatorSet("", 17)), graph);
    return OnnxImport.of(model, "net", shapes, Map.of()).problems();
  }
}
