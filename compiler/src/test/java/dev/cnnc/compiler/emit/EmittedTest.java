package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.compiler.verify.Tolerance;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The emitted class computes what the reference computes, on random graphs. */
public class EmittedTest {
  private static final TensorSource WEIGHTS = new Synthetic();
  private static final int GRAPHS = 60;

  @Test
  void computesWhatTheReferenceComputes() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      check(
          seed,
          seed % 2 == 0 ? RandomGraphs.of(seed) : RandomGraphs.wide(seed),
          Threads.of(1 + (int) (seed / 2 % 2)));
    }
  }

  /** No input is the memory of another, whatever is read first, or never. */
  @Test
  void computesWhatItDoesOfSeveralInputs() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      check(seed, RandomGraphs.ofSeveralInputs(seed), Threads.of(1 + (int) (seed / 2 % 2)));
    }
  }

  /** On two pictures, for the second run finds what the first one left. */
  static void check(long seed, Graph graph, Threads threads) {
    check(seed, CompiledGraph.of(graph), graph, WEIGHTS, threads);
  }

  static void check(
      long seed, CompiledGraph compiled, Graph graph, TensorSource weights, Threads threads) {
    try (NetworkInstance network = compiled.instance(weights, threads)) {
      check("seed " + seed, compiled, graph, weights, network);
    }
  }

  /** The same for an instance of the class. */
  public static void check(
      String what,
      CompiledGraph compiled,
      Graph graph,
      TensorSource weights,
      NetworkInstance network) {
    for (String name : List.of("input", "another")) {
      float[][] picture = Results.inputs(network, name);
      List<double[]> expected = Reference.values(graph, weights, List.of(picture));
      double allowed =
          tolerance(compiled.backend().plan().network().with(graph)) * largest(expected);
      float[][] actual = Results.of(network, picture);
      for (int i = 0; i < actual.length; i++) {
        Graph.Output output = graph.outputs().get(i);
        assertThat(distance(expected.get(output.node()), actual[i]))
            .as("%s, picture %s, output %s", what, name, output.name())
            .isLessThanOrEqualTo(allowed);
      }
    }
  }

  /** Each layer adds its own to what it is given. */
  private static double tolerance(Network network) {
    return network.graph().nodes().stream()
        .mapToDouble(node -> Tolerance.of(network, node).relative())
        .sum();
  }

  private static double largest(List<double[]> values) {
    return values.stream().flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
  }

  private static double distance(double[] expected, float[] actual) {
    assertThat(actual).hasSameSizeAs(expected);
    return IntStream.range(0, actual.length)
        .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
        .max()
        .orElse(0);
  }
}
