package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions of every element: they leave the view as it is. */
final class FunctionOperators {

  private FunctionOperators() {}

  /** A function with its attributes. */
  @FunctionalInterface
  private interface Function {
    Activation of(Call call) throws Refusal;
  }

  static Map<String, Operator> all() {
    Map<String, Operator> all = new HashMap<>();
    put(all, "Relu", _ -> new Activation.Relu());
    put(all, "Sigmoid", _ -> new Activation.Sigmoid());
    put(all, "Tanh", _ -> new Activation.Tanh());
    put(all, "HardSwish", _ -> new Activation.Hardswish());
    put(all, "LeakyRelu", call -> new Activation.LeakyRelu(call.real("alpha", 0.01)));
    put(all, "Elu", call -> new Activation.Elu(call.real("alpha", 1)));
    put(all, "HardSigmoid", FunctionOperators::hardSigmoid);
    put(all, "Gelu", FunctionOperators::gelu);
    put(all, "Swish", FunctionOperators::swish);
    put(all, "Clip", FunctionOperators::clip);
    all.put("PRelu", Operator.of(FunctionOperators::prelu));
    return all;
  }

  private static void put(Map<String, Operator> all, String operator, Function function) {
    all.put(operator, Operator.of(call -> apply(call, call.view(0), function.of(call))));
  }

  static View apply(Call call, View x, Activation function) throws Refusal {
    return x.with(call.draft().add(call.name(), new Op.Activate(function), x.node()));
  }

  private static Activation hardSigmoid(Call call) throws Refusal {
    double alpha = call.real("alpha", 0.2);
    double beta = call.real("beta", 0.5);
    if (Math.abs(alpha - 1.0 / 6) > 1e-6 || beta != 0.5) {
      throw new Refusal(
          "is a hardsigmoid of alpha %s and beta %s: ours has 1/6 and 1/2".formatted(alpha, beta),
          "use PyTorch's Hardsigmoid");
    }
    return new Activation.Hardsigmoid();
  }

  private static Activation gelu(Call call) throws Refusal {
    if (!call.text("approximate", "none").equals("none")) {
      throw new Refusal("is the gelu of tanh, for which there is no layer", "use the exact one");
    }
    return new Activation.Gelu();
  }

  private static Activation swish(Call call) throws Refusal {
    if (call.real("alpha", 1) != 1) {
      throw new Refusal("is a swish of alpha " + call.real("alpha", 1), "use alpha 1");
    }
    return new Activation.Silu();
  }

  private static Activation clip(Call call) throws Refusal {
    double least = bound(call, "min", 1, -Float.MAX_VALUE);
    double most = bound(call, "max", 2, Float.MAX_VALUE);
    if (least == 0 && most == Float.MAX_VALUE) {
      return new Activation.Relu();
    }
    // The standard lets the upper bound win.
    return least == 0 && most == 6
        ? new Activation.Relu6()
        : new Activation.Clip(Math.min(least, most), most);
  }

  private static double bound(Call call, String name, int input, double otherwise) throws Refusal {
    if (call.has(input)) {
      double bound = call.known(input, name).single();
      return Math.clamp(bound, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
    return call.real(name, otherwise);
  }

  private static View prelu(Call call) throws Refusal {
    View x = call.view(0);
    Constant slope = call.known(1, "slope");
    Constant laid =
        new Joins(call)
            .laid(slope, x)
            .filter(it -> it.isSingle() || Joins.isByChannel(it, call.draft().shape(x.node())))
            .orElseThrow(
                () ->
                    new Refusal("has slopes of shape " + slope.sizes(), "use one slope a channel"));
    LayerPlan plan = tensors -> new Op.Prelu(tensors.keep(".weight", List.of(laid.size()), laid));
    return x.with(call.draft().add(LayerName.of(call.node(), slope.name()), plan, x.node()));
  }
}
