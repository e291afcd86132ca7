package dev.cnnc.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphText;
import dev.cnnc.compiler.testing.KernelGroups;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime makes of every op what the reference makes of it, at every stage of the passes. */
public class OnnxRuntimeTest {

  private static final int GRAPHS = 150;

  /** Of the largest value of an output; a graph has up to 25 layers. */
  private static final double TOLERANCE = 1e-4;

  private static final TensorSource WEIGHTS = new Synthetic();

  @TempDir private Path folder;

  @Test
  void randomGraphsAsWritten() throws Exception {
    for (long seed = 0; seed < GRAPHS; seed++) {
      check("seed " + seed, RandomGraphs.of(seed), RandomGraphs.of(seed));
    }
  }

  @Test
  void graphsOfSeveralInputs() throws Exception {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph graph = RandomGraphs.ofSeveralInputs(seed);
      check("inputs, seed " + seed, graph, Passes.portable(graph));
    }
  }

  @Test
  void randomGraphsAsExported() throws Exception {
    for (long seed = GRAPHS; seed < 2 * GRAPHS; seed++) {
      Graph graph = RandomGraphs.of(seed);
      check("seed " + seed, graph, Passes.portable(graph));
    }
  }

  @Test
  void randomGraphsBehindAllPasses() throws Exception {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph graph = RandomGraphs.wide(seed);
      check("wide seed " + seed, graph, Passes.run(graph).getLast().graph());
    }
  }

  @Test
  void everyOpInEverySetting() throws Exception {
    for (Map.Entry<String, Graph> each : KernelGroups.all().entrySet()) {
      check(each.getKey(), each.getValue(), each.getValue());
    }
  }

  private void check(String what, Graph graph, Graph exported) throws Exception {
    check(what, graph, exported, 0, folder.resolve("graph.onnx"), true);
  }

  /**
   * Whether the engine makes of an exported graph what the reference makes of the graph.
   *
   * @param rounding what an output may differ by, however small it is
   * @param file where the model lies on the way
   * @param optimised whether the engine may change the model first
   */
  public static void check(
      String what, Graph graph, Graph exported, double rounding, Path file, boolean optimised)
      throws Exception {
    List<float[]> pictures =
        graph.inputs().stream()
            .map(input -> WEIGHTS.tensor(input.name(), List.of(1, input.shape().size())))
            .toList();
    Map<String, double[]> expected = Reference.run(graph, WEIGHTS, pictures);
    Network network = CompiledGraph.improved(graph).with(exported);
    Onnx.Model model = OnnxExport.of(network, WEIGHTS);
    Map<String, OnnxRuntime.Output> actual;
    try {
      actual = OnnxRuntime.run(model, file, pictures, optimised);
    } catch (Exception e) {
      throw new AssertionError(what + "\n" + GraphText.of(exported), e);
    }
    assertThat(new ArrayList<>(actual.keySet()))
        .as(what)
        .isEqualTo(new ArrayList<>(expected.keySet()));
    for (Graph.Output output : exported.outputs()) {
      double[] right = expected.get(output.name());
      FloatBuffer values = actual.get(output.name()).data();
      assertThat(values.remaining()).as(what).isEqualTo(right.length);
      double largest = Arrays.stream(right).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < right.length; i++) {
        if (!(Math.abs(values.get(i) - right[i]) <= Math.max(TOLERANCE * largest, rounding))) {
          throw new AssertionError(
              "%s, %s[%d] is %s, not %s%n%s"
                  .formatted(
                      what, output.name(), i, values.get(i), right[i], GraphText.of(exported)));
        }
      }
    }
  }
}
