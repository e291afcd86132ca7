package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Description;
import java.util.ArrayList;
import java.util.List;

/**
 * Activations: one operator where ONNX has it, else the spelling that PyTorch's exporter uses and
 * engines look for, else the formula.
 */
record FunctionExport(ModelDraft draft) {

  /** Adds the operators for {@code function} of a value; the last one has the given name. */
  String add(Activation function, String x, String name) {
    return switch (function) {
      case Activation.Identity() -> x;
      case Activation.Relu6() -> clip(0, 6, x, name);
      case Activation.Clip(double least, double most) -> clip(least, most, x, name);
      case Activation.Silu() -> gated(x, x, name);
      case Activation.Swish(double alpha) ->
          gated(x, draft.node(name + "/scale", "Mul", List.of(x, draft.constant(alpha))), name);
      case Activation.Gelu() -> gelu(x, name);
      case Activation.Power(double exponent) ->
          draft.node(name, "Pow", List.of(x, draft.constant(exponent)));
      case Activation.Elementary plain when plain == Activation.Elementary.MISH -> mish(x, name);
      case Activation.Elementary plain when plain == Activation.Elementary.GELU_TANH ->
          geluTanh(x, name);
      case Activation other ->
          other
              .description()
              .operator()
              .map(operator -> draft.node(name, operator.name(), List.of(x), attributes(operator)))
              .orElseGet(() -> new FormulaExport(draft, x, name).add(other));
    };
  }

  private static Onnx.Attribute[] attributes(Description.Operator operator) {
    return operator.attributes().stream()
        .map(argument -> new Onnx.Attribute.Real(argument.name(), (float) argument.value()))
        .toArray(Onnx.Attribute[]::new);
  }

  /** {@code x * sigmoid(gate)}. */
  private String gated(String x, String gate, String name) {
    return draft.node(name, "Mul", List.of(x, of("Sigmoid", name + "/Sigmoid", gate)));
  }

  private String mish(String x, String name) {
    String softplus = of("Softplus", name + "/Softplus", x);
    return draft.node(name, "Mul", List.of(x, of("Tanh", name + "/Tanh", softplus)));
  }

  private String clip(double least, double most, String x, String name) {
    List<String> inputs = new ArrayList<>(List.of(x));
    inputs.add(Double.isInfinite(least) ? "" : draft.constant(least));
    if (Double.isFinite(most)) {
      inputs.add(draft.constant(most));
    }
    return draft.node(name, "Clip", inputs);
  }

  /**
   * {@code x * (1 + erf(x / sqrt(2))) * 0.5}, factor by factor, a sequence that ONNX Runtime
   * recognises.
   */
  private String gelu(String x, String name) {
    String divided = draft.node(name + "/Div", "Div", List.of(x, draft.constant(Math.sqrt(2))));
    String erf = of("Erf", name + "/Erf", divided);
    String sum = draft.node(name + "/Add", "Add", List.of(erf, draft.constant(1)));
    String product = draft.node(name + "/Mul", "Mul", List.of(x, sum));
    return draft.node(name, "Mul", List.of(product, draft.constant(0.5)));
  }

  /** In the form of PyTorch's exporter. */
  private String geluTanh(String x, String name) {
    String cube = draft.node(name + "/Pow", "Pow", List.of(x, draft.constant(3)));
    String small = draft.node(name + "/Mul", "Mul", List.of(cube, draft.constant(0.044715)));
    String sum = draft.node(name + "/Add", "Add", List.of(x, small));
    String inner =
        draft.node(name + "/inner", "Mul", List.of(sum, draft.constant(Math.sqrt(2 / Math.PI))));
    String one =
        draft.node(
            name + "/one", "Add", List.of(of("Tanh", name + "/Tanh", inner), draft.constant(1)));
    String half = draft.node(name + "/half", "Mul", List.of(x, draft.constant(0.5)));
    return draft.node(name, "Mul", List.of(half, one));
  }

  private String of(String operator, String name, String x) {
    return draft.node(name, operator, List.of(x));
  }
}
