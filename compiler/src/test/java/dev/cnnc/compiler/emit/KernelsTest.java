package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.Isolated;
import dev.cnnc.compiler.testing.KernelFamilies;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.compiler.verify.Tolerance;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel computes what the reference computes from the same numbers. */
class KernelsTest {
  private static final Synthetic SYNTHETIC = new Synthetic();

  static Stream<String> families() {
    return KernelFamilies.kernels();
  }

  @ParameterizedTest
  @MethodSource("families")
  void computeWhatTheReferenceComputes(String family) {
    CompiledGraph compiled = KernelFamilies.shared().get(family);
    Network improved = compiled.backend().plan().network();
    PackedWeights weights = PackedWeights.of(compiled.backend().weights(), SYNTHETIC);
    try (NetworkInstance network =
        InMemory.instance(compiled.className(), KernelFamilies.classes(), weights, Threads.of(2))) {
      for (float scale : new float[] {1, 30}) {
        float[][] pictures = Results.inputs(network, "input");
        for (float[] picture : pictures) {
          for (int i = 0; i < picture.length; i++) {
            picture[i] *= scale;
          }
        }
        check(improved, pictures, Results.of(network, pictures));
      }
    }
  }

  private static void check(Network network, float[][] pictures, float[][] results) {
    Graph graph = network.graph();
    Map<Integer, float[]> values = new HashMap<>();
    for (int i = 0; i < results.length; i++) {
      values.put(graph.outputs().get(i).node(), results[i]);
    }
    for (int i = 0; i < pictures.length; i++) {
      values.put(i, pictures[i]);
    }
    // Of the map itself the message would be a megabyte.
    assertThat(values.size()).isGreaterThan(30);
    values.forEach(
        (id, value) -> {
          Node node = graph.node(id);
          if (!(node.op() instanceof Op.Input)) {
            check(network, node, node.inputs().stream().map(values::get).toList(), value);
          }
        });
  }

  private static void check(Network network, Node node, List<float[]> inputs, float[] actual) {
    Graph graph = network.graph();
    assertThat(inputs).as("inputs of %s are outputs too", node.name()).doesNotContainNull();
    double[] expected = Isolated.run(graph, node, SYNTHETIC, inputs);
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (float[] input : inputs) {
      for (float value : input) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    double allowed = Tolerance.of(network, node).relative() * largest;
    for (int i = 0; i < expected.length; i++) {
      // Of 35 million elements: the text is made for the first wrong one alone.
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        throw new AssertionError(
            "%s %s of %s, element %d: expected %s, got %s"
                .formatted(
                    node.name(), node.op(), graph.inputShapes(node), i, expected[i], actual[i]));
      }
    }
  }
}
