package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Silu and sigmoid within 2 ULP where results are normal numbers; NaN and infinities stay. */
class ActivationUlpTest {
  private static final int SIDE = 400;
  private static final List<Float> SPECIAL =
      List.of(Float.NaN, Float.intBitsToFloat(0xffc00000), Float.POSITIVE_INFINITY, -0f, 0f);

  @Test
  void silu() {
    float[] special = check(new Activation.Silu(), x -> x / (1 + Math.exp(-x)));
    assertThat(special).containsExactly(Float.NaN, Float.NaN, Float.POSITIVE_INFINITY, -0f, 0f);
  }

  @Test
  void sigmoid() {
    float[] special = check(new Activation.Sigmoid(), x -> 1 / (1 + Math.exp(-x)));
    assertThat(special).containsExactly(Float.NaN, Float.NaN, 1, 0.5f, 0.5f);
  }

  /** What becomes of the special numbers. */
  private static float[] check(Activation activation, DoubleUnaryOperator expected) {
    GraphBuilder graph = new GraphBuilder(1, SIDE, SIDE);
    CompiledGraph compiled = CompiledGraph.of(graph.build(graph.activate("f", activation, 0)));
    float[] x = new float[SIDE * SIDE];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - x.length / 2) * (174f / x.length);
    }
    for (int i = 0; i < SPECIAL.size(); i++) {
      x[i] = SPECIAL.get(i);
    }
    try (CompiledNetwork network = compiled.load(new Synthetic(), Threads.caller())) {
      float[] y = Results.of(network, x)[0];
      for (int i = SPECIAL.size(); i < x.length; i++) {
        double right = expected.applyAsDouble(x[i]);
        double allowed = 2.0 * Math.ulp((float) right);
        assertThat(Math.abs(y[i] - right)).as("of %s: %s", x[i], y[i]).isLessThanOrEqualTo(allowed);
      }
      return Arrays.copyOf(y, SPECIAL.size());
    }
  }
}
