package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions within their ULP where results are normal numbers; NaN and infinities stay. */
class ActivationUlpTest {
  private static final int SIDE = 400;
  private static final List<Float> SPECIAL =
      List.of(Float.NaN, Float.intBitsToFloat(0xffc00000), Float.POSITIVE_INFINITY, -0f, 0f);

  @Test
  void silu() {
    float[] special = check(new Activation.Silu(), -87, 87, 2);
    assertThat(special).containsExactly(Float.NaN, Float.NaN, Float.POSITIVE_INFINITY, -0f, 0f);
  }

  @Test
  void sigmoid() {
    float[] special = check(new Activation.Sigmoid(), -87, 87, 2);
    assertThat(special).containsExactly(Float.NaN, Float.NaN, 1, 0.5f, 0.5f);
  }

  /** Below zero nearly all of x / 2 is taken away again, and what is left is not as exact. */
  @Test
  void gelu() {
    float[] special = check(new Activation.Gelu(), 0, 8, 2.3);
    assertThat(special).containsExactly(Float.NaN, Float.NaN, Float.POSITIVE_INFINITY, 0f, 0f);
    check(new Activation.Gelu(), 8, 1e30, 0.5);
    check(new Activation.Gelu(), 0, 1e-30, 2.3);
    check(new Activation.Gelu(), -1e30, -10, 0);
  }

  /** What becomes of the special numbers; others lie from {@code least} to {@code most}. */
  private static float[] check(Activation activation, double least, double most, double ulps) {
    GraphBuilder builder = new GraphBuilder(1, SIDE, SIDE);
    Graph graph = builder.build(builder.activate("f", activation, 0));
    float[] x = new float[SIDE * SIDE];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (least + (most - least) * i / x.length);
    }
    for (int i = 0; i < SPECIAL.size(); i++) {
      x[i] = SPECIAL.get(i);
    }
    double[] right = Reference.run(graph, new Synthetic(), x).values().iterator().next();
    try (CompiledNetwork network =
        CompiledGraph.of(graph).load(new Synthetic(), Threads.caller())) {
      float[] y = Results.of(network, x)[0];
      for (int i = SPECIAL.size(); i < x.length; i++) {
        assertThat(Math.abs(y[i] - right[i]))
            .as("of %s: %s", x[i], y[i])
            .isLessThanOrEqualTo(ulps * Math.ulp((float) right[i]));
      }
      return Arrays.copyOf(y, SPECIAL.size());
    }
  }
}
