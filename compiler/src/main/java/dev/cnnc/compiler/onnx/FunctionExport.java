package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Activation;
import java.util.ArrayList;
import java.util.List;

/** Activations, in the spelling that PyTorch's exporter uses and engines look for. */
record FunctionExport(Draft draft) {

  /** Adds what computes {@code function} of a value; its last operator has the given name. */
  String add(Activation function, String x, String name) {
    return switch (function) {
      case Activation.Identity() -> x;
      case Activation.Relu() -> of("Relu", name, x);
      case Activation.Relu6() -> clip(0, 6, x, name);
      case Activation.LeakyRelu(double slope) -> of("LeakyRelu", name, x, real("alpha", slope));
      case Activation.Sigmoid() -> of("Sigmoid", name, x);
      case Activation.Tanh() -> of("Tanh", name, x);
      case Activation.Silu() ->
          draft.node(name, "Mul", List.of(x, of("Sigmoid", name + "/Sigmoid", x)));
      case Activation.Hardswish() -> of("HardSwish", name, x);
      case Activation.Hardsigmoid(double alpha, double beta) ->
          of("HardSigmoid", name, x, real("alpha", alpha), real("beta", beta));
      case Activation.Gelu() -> gelu(x, name);
      case Activation.Elu(double alpha) -> of("Elu", name, x, real("alpha", alpha));
      case Activation.Clip(double least, double most) -> clip(least, most, x, name);
      case Activation.Selu(double alpha, double gamma) ->
          of("Selu", name, x, real("alpha", alpha), real("gamma", gamma));
      case Activation.Celu(double alpha) -> of("Celu", name, x, real("alpha", alpha));
      case Activation.ThresholdedRelu(double alpha) ->
          of("ThresholdedRelu", name, x, real("alpha", alpha));
      case Activation.Swish(double alpha) -> {
        String scaled = draft.node(name + "/scale", "Mul", List.of(x, draft.constant(alpha)));
        yield draft.node(name, "Mul", List.of(x, of("Sigmoid", name + "/Sigmoid", scaled)));
      }
      case Activation.Linear(double factor, double shift) -> {
        String scaled = draft.node(name + "/Mul", "Mul", List.of(x, draft.constant(factor)));
        yield draft.node(name, "Add", List.of(scaled, draft.constant(shift)));
      }
      case Activation.Power(double exponent) ->
          draft.node(name, "Pow", List.of(x, draft.constant(exponent)));
      case Activation.Elementary plain -> elementary(plain, x, name);
    };
  }

  private String clip(double least, double most, String x, String name) {
    List<String> inputs = new ArrayList<>(List.of(x));
    inputs.add(Double.isInfinite(least) ? "" : draft.constant(least));
    if (Double.isFinite(most)) {
      inputs.add(draft.constant(most));
    }
    return draft.node(name, "Clip", inputs);
  }

  /** {@code x * (1 + erf(x / sqrt(2))) * 0.5}, factor by factor: ONNX Runtime knows this row. */
  private String gelu(String x, String name) {
    String divided = draft.node(name + "/Div", "Div", List.of(x, draft.constant(Math.sqrt(2))));
    String erf = of("Erf", name + "/Erf", divided);
    String sum = draft.node(name + "/Add", "Add", List.of(erf, draft.constant(1)));
    String product = draft.node(name + "/Mul", "Mul", List.of(x, sum));
    return draft.node(name, "Mul", List.of(product, draft.constant(0.5)));
  }

  private String elementary(Activation.Elementary function, String x, String name) {
    return switch (function) {
      case ABS -> of("Abs", name, x);
      case NEG -> of("Neg", name, x);
      case SQUARE -> draft.node(name, "Mul", List.of(x, x));
      case SQRT -> of("Sqrt", name, x);
      case RECIPROCAL -> of("Reciprocal", name, x);
      case EXP -> of("Exp", name, x);
      case LOG -> of("Log", name, x);
      case ERF -> of("Erf", name, x);
      case SOFTPLUS -> of("Softplus", name, x);
      case SOFTSIGN -> of("Softsign", name, x);
      case MISH -> {
        String softplus = of("Softplus", name + "/Softplus", x);
        yield draft.node(name, "Mul", List.of(x, of("Tanh", name + "/Tanh", softplus)));
      }
      case GELU_TANH -> geluTanh(x, name);
    };
  }

  /** As PyTorch's exporter writes it. */
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

  private String of(String operator, String name, String x, Onnx.Attribute... attributes) {
    return draft.node(name, operator, List.of(x), attributes);
  }

  private static Onnx.Attribute real(String name, double value) {
    return new Onnx.Attribute.Real(name, (float) value);
  }
}
