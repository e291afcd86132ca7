package dev.cnnc.compiler.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How much a conv may err depends on what a plan may make of it. */
class ToleranceTest {
  private static final TensorSource WEIGHTS = new Synthetic();

  private static final Window FIVE = new Window(5, 5, 1, 1, 1, 1, Padding.all(2));

  private static Network network(int channels, int side, int filters, Window window) {
    GraphBuilder graph = new GraphBuilder(channels, side, side);
    return CompiledGraph.improved(graph.build(graph.conv("conv", 0, filters, window)));
  }

  private static double tolerance(Network network) {
    return Tolerance.of(network, network.graph().nodes().getLast()).relative();
  }

  @Test
  void ofConvs() {
    Network dense = network(64, 20, 64, FIVE);
    assertThat(tolerance(dense)).isEqualTo(3e-5);
    assertThat(tolerance(CompiledGraph.exact(dense))).isEqualTo(4e-6);
    Network stem = network(3, 224, 64, new Window(7, 7, 2, 2, 1, 1, Padding.all(3)));
    assertThat(tolerance(stem)).isEqualTo(3e-5);
    assertThat(tolerance(CompiledGraph.exact(stem))).isEqualTo(4e-6);
    Network coarse = network(1, 112, 64, new Window(8, 8, 4, 4, 1, 1, Padding.NONE));
    assertThat(tolerance(coarse)).as("two taps a square").isEqualTo(3e-5);
    assertThat(tolerance(network(64, 20, 64, Window.of(1, 1)))).as("one pixel").isEqualTo(4e-6);
    assertThat(tolerance(network(64, 3, 64, Window.of(3, 3)))).as("not worth it").isEqualTo(4e-6);
  }

  /** Were Winograd chosen for an exact network, its tests would fail. */
  @Test
  void winogradErrsByMoreThanPlainSumsMay() {
    Network network = network(64, 20, 64, FIVE);
    double error = error(network.graph());
    assertThat(error).isLessThan(tolerance(network));
    assertThat(error).isGreaterThan(tolerance(CompiledGraph.exact(network)));
  }

  /** Of the compiled graph, relative to the largest number. */
  private static double error(Graph graph) {
    try (CompiledNetwork compiled = CompiledGraph.of(graph).load(WEIGHTS, Threads.caller())) {
      float[] picture = Results.picture(compiled, "input");
      Node last = graph.nodes().getLast();
      double[] right = Reference.values(graph, WEIGHTS, picture).get(last.id());
      float[] got = Results.of(compiled, picture)[0];
      double error = 0;
      for (int i = 0; i < right.length; i++) {
        error = Math.max(error, Math.abs(got[i] - right[i]));
      }
      return error / Arrays.stream(right).map(Math::abs).max().orElseThrow();
    }
  }
}
