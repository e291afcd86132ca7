package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.plan.kernel.Fc;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.FcGraphs;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.compiler.weights.RoundedSource;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks whose weights are kept in 16 bits. */
class HalvesTest {
  @ParameterizedTest
  @CsvSource({"F16, 1", "BF16, 2"})
  void computesWithTheRoundedWeights(Storage storage, int threads) {
    CompiledGraph compiled = CompiledGraph.of(FcGraphs.fcs(), "", storage);
    assertThat(compiled.backend().plan().steps())
        .filteredOn(step -> step.kernel() instanceof Fc fc && fc.storage() == storage)
        .hasSize(2 + 2 * FcGraphs.SIZES.size());
    TensorSource weights = RoundedSource.of(new Synthetic(), storage);
    EmittedTest.check(0, compiled, FcGraphs.fcs(), weights, Threads.of(threads));
  }

  /** A number has 8 digits or 11, and the errors of the layers meet as a random walk does. */
  @ParameterizedTest
  @CsvSource({"F16, 0.0005", "BF16, 0.004"})
  void errsByWhatRoundingTakes(Storage storage, double most) {
    TensorSource weights = RoundedSource.of(new Synthetic(), storage);
    try (CompiledNetwork network =
        CompiledGraph.of(FcGraphs.fcs(), "", storage).load(weights, Threads.caller())) {
      float[] picture = Results.picture(network, "input");
      double[] expected =
          Reference.run(FcGraphs.fcs(), new Synthetic(), picture).values().iterator().next();
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
