package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.KernelGraphs;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The emitted class computes what the reference computes, on random graphs. */
class EmittedTest {
  private static final TensorSource WEIGHTS = new Synthetic();
  private static final int GRAPHS = 60;

  @Test
  void computesWhatTheReferenceComputes() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      check(seed, RandomGraphs.of(seed), Threads.caller());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"channels", "movement", "attention"})
  void computesWhatTheReferenceComputesAtOddSizes(String family) {
    check(family, KernelGraphs.all().get(family), Threads.of(2));
  }

  static void check(long seed, Graph graph, Threads threads) {
    check("seed " + seed, graph, threads);
  }

  private static void check(String what, Graph graph, Threads threads) {
    float[] picture = WEIGHTS.tensor("input", List.of(graph.node(0).shape().size()));
    Map<String, double[]> expected = Reference.run(graph, WEIGHTS, picture);
    try (CompiledNetwork network = load(graph, threads)) {
      float[][] actual = new float[expected.size()][];
      for (int i = 0; i < actual.length; i++) {
        actual[i] = new float[network.signature().outputs().get(i).view().size()];
      }
      for (int round = 0; round < 2; round++) {
        network.run(picture, actual);
        int i = 0;
        for (Signature.Output output : network.signature().outputs()) {
          assertClose(
              "%s, round %d, output %s".formatted(what, round, output.name()),
              expected.get(output.name()),
              actual[i++]);
        }
      }
    }
  }

  static CompiledNetwork load(Graph graph, Threads threads) {
    Graph improved = Passes.run(graph).getLast().graph();
    Network network =
        new Network(
            improved,
            "",
            "image",
            new Network.Weights.Synthetic(),
            List.of(),
            Optional.empty(),
            false);
    Backend backend = Backend.of(network, "");
    return InMemory.load(
        backend.java().className(),
        backend.java().text(),
        PackedWeights.of(backend.weights(), WEIGHTS),
        threads);
  }

  private static void assertClose(String what, double[] expected, float[] actual) {
    double largest = 1e-3;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i]))
          .as("%s, element %d: expected %s, got %s", what, i, expected[i], actual[i])
          .isLessThanOrEqualTo(1e-5 * largest);
    }
  }
}
