package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogarithmTest {

  private static final float[] ENDS = {
    0f,
    -0f,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Math.nextDown(1f),
    1f,
    Math.nextUp(1f),
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY
  };

  /** Of every exponent, and close to 1, where the logarithm is small. */
  @Test
  void isWithinTwoUnitsOfTheLastPlace() {
    GraphBuilder graph = new GraphBuilder(16, 50, 50);
    CompiledGraph compiled =
        CompiledGraph.of(graph.build(graph.activate("log", Elementary.LOG, 0)));
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    try (CompiledNetwork network = compiled.load(new Synthetic(), Threads.caller())) {
      float[] picture = new float[16 * 50 * 50];
      for (int i = 0; i < picture.length; i++) {
        picture[i] =
            i < ENDS.length
                ? ENDS[i]
                : i % 2 == 0
                    ? (float) (0.5 + random.nextDouble())
                    : Float.intBitsToFloat(random.nextInt(0x7f800000));
      }

      float[] logarithms = Results.of(network, picture)[0];

      for (int i = 0; i < picture.length; i++) {
        double right = StrictMath.log(picture[i]);
        double allowed = Double.isInfinite(right) ? 0 : 2 * Math.ulp((float) right);
        assertThat(logarithms[i] == right || Math.abs(logarithms[i] - right) <= allowed)
            .as("seed %d: log %s is %s, not %s", seed, picture[i], logarithms[i], right)
            .isTrue();
      }
    }
  }

  @Test
  void ofANegativeNumberIsNone() {
    GraphBuilder graph = new GraphBuilder(1, 1, 1);
    CompiledGraph compiled =
        CompiledGraph.of(graph.build(graph.activate("log", Elementary.LOG, 0)));
    try (CompiledNetwork network = compiled.load(new Synthetic(), Threads.caller())) {
      assertThat(Results.of(network, new float[] {-1e-40f})[0]).containsExactly(Float.NaN);
      assertThat(Results.of(network, new float[] {Float.NaN})[0]).containsExactly(Float.NaN);
    }
  }
}
