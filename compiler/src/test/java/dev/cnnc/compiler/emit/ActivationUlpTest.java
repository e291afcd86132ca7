package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
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

  @Test
  void sineAndCosine() {
    for (double most : new double[] {1e-30, 1e-3, 1, 7, 100, 1e4, 1e5}) {
      float[] sine = check(Elementary.SIN, -most, most, 2);
      assertThat(sine).containsExactly(Float.NaN, Float.NaN, Float.NaN, -0f, 0f);
      float[] cosine = check(Elementary.COS, -most, most, 2);
      assertThat(cosine).containsExactly(Float.NaN, Float.NaN, Float.NaN, 1f, 1f);
      check(Elementary.TAN, -most, most, 4);
    }
    check(Elementary.SIN, 1e5, 1048575, 2);
    check(Elementary.COS, -1048575, -1e5, 2);
  }

  /** Floats there lie a sixteenth and more apart. */
  @Test
  void sineOfLargeNumbersIsNone() {
    float[] y = values(Elementary.SIN, new float[] {1048575.9f, 1048576f, -1048576f, 3e38f});
    assertThat(y[0]).isFinite();
    assertThat(Arrays.copyOfRange(y, 1, 4)).containsOnly(Float.NaN);
  }

  @Test
  void arcs() {
    for (double most : new double[] {1e-30, 0.5, 1}) {
      check(Elementary.ASIN, -most, most, 4);
      check(Elementary.ACOS, -most, most, 4);
      check(Elementary.ATAN, -most, most, 2.5);
    }
    check(Elementary.ATAN, -4, 4, 2.5);
    float[] arc = check(Elementary.ATAN, -1e30, 1e30, 2.5);
    assertThat(arc).containsExactly(Float.NaN, Float.NaN, 1.5707964f, -0f, 0f);
    assertThat(values(Elementary.ASIN, new float[] {1, -1, 1.1f, -0f}))
        .containsExactly(1.5707964f, -1.5707964f, Float.NaN, -0f);
    assertThat(values(Elementary.ACOS, new float[] {1, -1, -1.1f, 0}))
        .containsExactly(0, 3.1415927f, Float.NaN, 1.5707964f);
  }

  @Test
  void hyperbolic() {
    for (double most : new double[] {1e-30, 1e-3, 1.2, 10, 89.4}) {
      check(Elementary.SINH, -most, most, 3);
      check(Elementary.COSH, -most, most, 3);
      check(Elementary.ASINH, -most, most, 4);
    }
    float inf = Float.POSITIVE_INFINITY;
    float[] large = {89.5f, -89.5f, inf, -inf};
    assertThat(values(Elementary.SINH, large)).containsExactly(inf, -inf, inf, -inf);
    assertThat(values(Elementary.COSH, large)).containsExactly(inf, inf, inf, inf);
    check(Elementary.ASINH, -1e10, 1e10, 4);
    float[] inverse = check(Elementary.ASINH, -1e38, 1e38, 4);
    assertThat(inverse).containsExactly(Float.NaN, Float.NaN, inf, -0f, 0f);
    check(Elementary.ACOSH, 1, 1.001, 4);
    check(Elementary.ACOSH, 1, 20, 4);
    float[] area = check(Elementary.ACOSH, 1, 1e38, 4);
    assertThat(area).containsExactly(Float.NaN, Float.NaN, inf, Float.NaN, Float.NaN);
    check(Elementary.ATANH, -1e-30, 1e-30, 4);
    check(Elementary.ATANH, -0.99999, 0.99999, 4);
    check(Elementary.ATANH, 0.9999, 0.9999999, 4);
    assertThat(values(Elementary.ATANH, new float[] {1, -1, 1.1f, -0f}))
        .containsExactly(inf, -inf, Float.NaN, -0f);
  }

  private static float[] values(Activation activation, float[] x) {
    GraphBuilder builder = new GraphBuilder(1, 1, x.length);
    Graph graph = builder.build(builder.activate("f", activation, 0));
    try (CompiledNetwork network =
        CompiledGraph.of(graph).load(new Synthetic(), Threads.caller())) {
      return Results.of(network, x)[0];
    }
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
