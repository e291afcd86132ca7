package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.Kernel;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.compiler.weights.RoundedSource;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks whose weights are kept in 16 bits. */
class HalvesTest {
  /** Less than a vector, a panel of 16 and of 32, four panels and more, two blocks and more. */
  private static final List<Integer> SIZES = List.of(1, 7, 16, 40, 97, 130, 300);

  /** Fcs of a picture and of vectors, alone, activated and behind a sum. */
  static Graph graph() {
    GraphBuilder graph = new GraphBuilder(5, 4, 6);
    int conv = graph.conv("conv", 0, 20, Window.of(3, 1));
    int whole = graph.conv("whole", conv, 33, Window.of(2, 6));
    int flat = graph.fc("flat", graph.add("flatten", new Op.Flatten(), conv), 33);
    int value = graph.add("both", new Op.Add(), whole, flat);
    for (int size : SIZES) {
      int fc = graph.relu("relu" + size, graph.fc("fc" + size, value, size));
      int again = graph.fc("again" + size, fc, size);
      value = graph.relu("joined" + size, graph.add("add" + size, new Op.Add(), again, fc));
    }
    return graph.build(value);
  }

  @ParameterizedTest
  @CsvSource({"F16, 1", "BF16, 2"})
  void computesWithTheRoundedWeights(Storage storage, int threads) {
    CompiledGraph compiled = CompiledGraph.of(graph(), "", storage);
    assertThat(compiled.backend().plan().steps())
        .filteredOn(step -> step.kernel() instanceof Kernel.FcOfHalves)
        .hasSize(2 + 2 * SIZES.size());
    TensorSource weights = RoundedSource.of(new Synthetic(), storage);
    EmittedTest.check(0, compiled, graph(), weights, Threads.of(threads));
  }

  /** A number has 8 digits or 11, and the errors of the layers meet as a random walk does. */
  @ParameterizedTest
  @CsvSource({"F16, 0.0005", "BF16, 0.004"})
  void errsByWhatRoundingTakes(Storage storage, double most) {
    TensorSource weights = RoundedSource.of(new Synthetic(), storage);
    try (CompiledNetwork network =
        CompiledGraph.of(graph(), "", storage).load(weights, Threads.caller())) {
      float[] picture = Results.picture(network, "input");
      double[] expected =
          Reference.run(graph(), new Synthetic(), picture).values().iterator().next();
      float[] actual = Results.of(network, picture)[0];
      double largest = 0;
      double error = 0;
      for (int i = 0; i < actual.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i]));
        error = Math.max(error, Math.abs(actual[i] - expected[i]));
      }
      assertThat(error / largest).isBetween(most / 100, most);
    }
  }
}
