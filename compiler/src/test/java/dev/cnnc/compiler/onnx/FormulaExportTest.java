package dev.cnnc.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.KernelGraphs;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A formula in operators of ONNX is the formula, for every activation there is. */
class FormulaExportTest {

  private static final float[] NUMBERS = {0.25f, 0.5f, 1, 1.75f, 3, 6.5f, -0.25f, -1, -1.75f, -3};

  static List<Activation> activations() {
    return KernelGraphs.activations();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void isTheFormula(Activation function) {
    OnnxImport.Result back = OnnxImport.of(model(function), "f", Map.of(), Map.of());
    assertThat(back.problems()).isEmpty();
    GraphBuilder graph = new GraphBuilder(1, 1, NUMBERS.length);
    double[] right = run(graph.build(graph.activate("f", function, 0)));
    double[] exported = run(back.network().orElseThrow().graph());
    for (int i = 0; i < NUMBERS.length; i++) {
      // Constants are floats there; NaN is close to NaN alone.
      double close = Double.isNaN(right[i]) ? 0 : 1e-6 * Math.max(1, Math.abs(right[i]));
      assertThat(exported[i]).as("of %s", NUMBERS[i]).isCloseTo(right[i], Offset.offset(close));
    }
  }

  private static double[] run(Graph graph) {
    return Reference.run(graph, new Synthetic(), NUMBERS).values().iterator().next();
  }

  private static Onnx.Model model(Activation function) {
    ModelDraft draft = new ModelDraft(new Synthetic(), Set.of("x"));
    String y = new FormulaExport(draft, "x", "y").add(function);
    List<Long> dimensions = List.of(1L, 1L, 1L, (long) NUMBERS.length);
    return new Onnx.Model(
        8,
        "test",
        "",
        List.of(new Onnx.OperatorSet("", 17)),
        new Onnx.Graph(
            "f",
            draft.nodes(Map.of()),
            draft.initializers(),
            List.of(new Onnx.ValueInfo("x", Onnx.DataType.FLOAT, dimensions)),
            List.of(new Onnx.ValueInfo(y, Onnx.DataType.FLOAT, dimensions))));
  }
}
