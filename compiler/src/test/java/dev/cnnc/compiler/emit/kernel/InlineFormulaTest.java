package dev.cnnc.compiler.emit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.ShortEpilogue;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.KernelGraphs;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Short activations are done in registers, and no bound hides a sum that is no number. */
class InlineFormulaTest {
  private static final int SIDE = 8;

  static List<Activation> bounded() {
    return List.of(new Activation.Relu(), new Activation.Relu6(), new Activation.Clip(0, 0.5));
  }

  @Test
  void longFormulasAndThoseThatCallFunctionsAreRefused() {
    assertThat(InlineFormula.of(new Activation.LeakyRelu(0.1), "y")).isPresent();
    assertThat(InlineFormula.of(new Activation.Identity(), "y").orElseThrow().statements())
        .isEmpty();
    assertThat(InlineFormula.of(new Activation.Hardswish(), "y")).isEmpty();
    assertThat(InlineFormula.of(new Activation.Silu(), "y")).isEmpty();
    assertThat(InlineFormula.of(new Activation.Tanh(), "y")).isEmpty();
  }

  /** The plan decides by the same count, without writing a statement. */
  @Test
  void whatIsShortForThePlanIsWritten() {
    for (Activation activation : KernelGraphs.ACTIVATIONS) {
      assertThat(InlineFormula.of(activation, "y").isPresent())
          .as("%s", activation)
          .isEqualTo(ShortEpilogue.is(new Epilogue(true, activation)));
    }
  }

  @ParameterizedTest
  @MethodSource("bounded")
  void numbersAreCutOffAndNothingElseIs(Activation activation) {
    float[] plain = ofFirstPixel(new Activation.Identity(), 0.25f);
    float[] cut = ofFirstPixel(activation, 0.25f);
    double most =
        activation instanceof Activation.Clip(double _, double bound)
            ? bound
            : activation instanceof Activation.Relu6 ? 6 : Double.POSITIVE_INFINITY;
    int below = 0;
    for (int i = 0; i < plain.length; i++) {
      below += plain[i] < 0 ? 1 : 0;
      assertThat(cut[i]).isEqualTo((float) Math.clamp(plain[i], 0, most));
    }
    assertThat(below).isBetween(1, plain.length - 1);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aSumThatIsNoNumberShows(float number) {
    for (Activation activation : bounded()) {
      float[] results = ofFirstPixel(activation, number);
      for (int i = 0; i < results.length; i++) {
        boolean touched = i % (SIDE * SIDE) == 0;
        assertThat(Float.isNaN(results[i])).as("%s, %s", activation, i).isEqualTo(touched);
      }
    }
  }

  /** Of a conv of one pixel, with {@code number} in the first pixel. */
  private static float[] ofFirstPixel(Activation activation, float number) {
    GraphBuilder graph = new GraphBuilder(16, SIDE, SIDE);
    int wide = graph.conv("wide", 0, 80, Window.of(1, 1));
    CompiledGraph compiled = CompiledGraph.of(graph.build(graph.activate("f", activation, wide)));
    try (CompiledNetwork network = compiled.load(new Synthetic(), Threads.caller())) {
      float[] x = Results.picture(network, "input");
      x[0] = number;
      return Results.of(network, x)[0];
    }
  }
}
