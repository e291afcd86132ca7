package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.KernelFamilies;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Simd;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.StepListener;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels without vectors read weights that are packed for vectors, and make way for them. */
class QuickStartTest {
  private static final Map<String, CompiledGraph> GRAPHS = graphs();

  private static Map<String, CompiledGraph> graphs() {
    Map<String, CompiledGraph> graphs = new HashMap<>();
    graphs.putAll(KernelFamilies.shared());
    for (long seed = 1000; seed < 1003; seed++) {
      graphs.put("random " + seed, CompiledGraph.of(RandomGraphs.of(seed)));
    }
    return graphs;
  }

  static Stream<String> names() {
    return GRAPHS.keySet().stream().sorted();
  }

  @BeforeAll
  static void twoProcessors() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "nothing compiles ahead");
  }

  @ParameterizedTest
  @MethodSource("names")
  void readWeightsPackedForVectors(String name) {
    CompiledGraph graph = GRAPHS.get(name);
    // Of one class, so that what the JVM has compiled for one instance serves the next.
    Class<?> type =
        KernelFamilies.shared().containsKey(name)
            ? graph.type(KernelFamilies.classes())
            : graph.type();
    float[][] expected;
    float[][] pictures;
    try (NetworkInstance network =
        InMemory.instance(type, packed(graph, 1), Threads.caller(), Start.QUICK)) {
      pictures = Results.inputs(network, "input");
      expected = Results.of(network, pictures);
    }
    for (int lanes : new int[] {16, 8, 4}) {
      Threads threads = Threads.of(lanes == 16 ? 2 : 1);
      try (NetworkInstance network =
          InMemory.instance(type, packed(graph, lanes), threads, Start.QUICK)) {
        assertThat(Results.of(network, pictures))
            .as("weights for vectors of %s floats", lanes)
            .isDeepEqualTo(expected);
        // Nobody has compiled anything ahead of the first run.
        assertThat(network.lanes()).isEqualTo(1);
      }
    }
  }

  @Test
  void vectorsFollowWithoutAChangeOfResults() {
    assumeTrue(Simd.lanes() > 1, "no vectors here");
    CompiledGraph graph = CompiledGraph.of(RandomGraphs.of(1001));
    List<Integer> told = new ArrayList<>();
    try (CompiledNetwork network =
        InMemory.load(graph.type(), packed(graph, Simd.lanes()), Threads.of(2), Start.QUICK)) {
      network.listen(
          new StepListener() {
            @Override
            public void step(int step, long nanoseconds, float[] arena) {}

            @Override
            public void changed(int lanes) {
              told.add(lanes);
            }
          });
      float[] picture = Results.picture(network, "input");
      float[][] first = Results.of(network, picture);
      while (told.isEmpty()) {
        assertThat(Results.of(network, picture)).isDeepEqualTo(first);
      }
      assertThat(told).containsExactly(Simd.lanes());
      assertThat(network.lanes()).isEqualTo(Simd.lanes());
      assertThat(Results.of(network, picture)).isDeepEqualTo(first);
    }
  }

  private static PackedWeights packed(CompiledGraph graph, int lanes) {
    return PackedWeights.of(graph.backend().weights(), new Synthetic(), lanes);
  }
}
