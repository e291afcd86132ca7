package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The families of kernels that networks of other frameworks want beside those of the zoo. */
final class LayerGraphs {

  /** Of any number. */
  static final List<Activation> FUNCTIONS =
      List.of(
          Elementary.ABS,
          Elementary.NEG,
          Elementary.SQUARE,
          Elementary.EXP,
          Elementary.ERF,
          Elementary.SOFTPLUS,
          Elementary.SOFTSIGN,
          Elementary.MISH,
          Elementary.GELU_TANH,
          new Activation.Selu(1.6732632423543772, 1.0507009873554805),
          new Activation.Celu(2),
          new Activation.ThresholdedRelu(0.25),
          new Activation.Swish(1.5),
          new Activation.Hardsigmoid(0.2, 0.4),
          new Activation.Clip(Double.NEGATIVE_INFINITY, 0.5),
          new Activation.Clip(-0.5, Double.POSITIVE_INFINITY),
          new Activation.Power(0),
          new Activation.Power(3));

  /** Those that do not grow faster than their argument. */
  static final List<Activation> SMALL =
      FUNCTIONS.stream()
          .filter(function -> !(function instanceof Activation.Power))
          .filter(function -> function != Elementary.EXP && function != Elementary.SQUARE)
          .toList();

  /** Of numbers from 0. */
  private static final List<Activation> ROOTS =
      List.of(
          Elementary.SQRT,
          Elementary.LOG,
          Elementary.RECIPROCAL,
          new Activation.Power(0.5),
          new Activation.Power(2.5),
          new Activation.Power(-1.5),
          new Activation.Power(0.3),
          new Activation.Power(-2));

  private LayerGraphs() {}

  static Map<String, Graph> all() {
    Map<String, Graph> all = new LinkedHashMap<>();
    all.put("functions", KernelGraphs.of(2, 3, LayerGraphs::functions));
    return all;
  }

  private static void functions(KernelGraphs to) {
    int turn = 0;
    for (int source : to.sources()) {
      for (int i = 0; i < 6; i++) {
        Activation function = FUNCTIONS.get(turn++ % FUNCTIONS.size());
        to.show(to.graph().activate(to.name("function"), function, source));
      }
      int positive = to.show(to.graph().activate(to.name("abs"), Elementary.ABS, source));
      for (int i = 0; i < 3; i++) {
        Activation function = ROOTS.get(turn++ % ROOTS.size());
        to.show(to.graph().activate(to.name("root"), function, positive));
      }
      Activation ending = FUNCTIONS.get(turn % FUNCTIONS.size());
      int conv = to.graph().conv(to.name("conv"), source, 5, Window.of(2, 3));
      to.show(to.graph().activate(to.name("ending"), ending, conv));
    }
  }
}
