package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Op;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Imports activations, which do not change the view. */
final class FunctionOperators {

  /** Those without attributes, beside {@link Elementary}. */
  private static final List<Activation> PLAIN =
      List.of(
          new Activation.Relu(),
          new Activation.Sigmoid(),
          new Activation.Tanh(),
          new Activation.Hardswish());

  private FunctionOperators() {}

  /** A function with its attributes. */
  @FunctionalInterface
  private interface Function {
    Activation of(Call call) throws Refusal;
  }

  static Map<String, Translator> all() {
    Map<String, Translator> all = new HashMap<>();
    Stream.concat(PLAIN.stream(), Arrays.stream(Elementary.values()))
        .forEach(
            function ->
                function
                    .description()
                    .operator()
                    .ifPresent(operator -> put(all, operator.name(), _ -> function)));
    put(all, "Mish", _ -> Elementary.MISH); // younger than what we export
    put(all, "LeakyRelu", call -> new Activation.LeakyRelu(call.real("alpha", 0.01)));
    put(all, "Elu", call -> new Activation.Elu(call.real("alpha", 1)));
    put(all, "Celu", call -> new Activation.Celu(call.real("alpha", 1)));
    put(all, "Selu", FunctionOperators::selu);
    put(all, "ThresholdedRelu", call -> new Activation.ThresholdedRelu(call.real("alpha", 1)));
    put(all, "HardSigmoid", FunctionOperators::hardSigmoid);
    put(all, "Gelu", FunctionOperators::gelu);
    put(all, "Swish", FunctionOperators::swish);
    all.put("Clip", Translator.of(FunctionOperators::clipped));
    all.put("PRelu", Translator.of(FunctionOperators::prelu));
    return all;
  }

  private static void put(Map<String, Translator> all, String operator, Function function) {
    all.put(operator, Translator.of(call -> apply(call, call.view(0), function.of(call))));
  }

  static View apply(Call call, View x, Activation function) throws Refusal {
    return x.with(call.draft().add(call.name(), new Op.Activate(function), x.node()));
  }

  private static Activation selu(Call call) throws Refusal {
    return new Activation.Selu(
        meant(call.real("alpha", Activation.Selu.ALPHA), Activation.Selu.ALPHA),
        meant(call.real("gamma", Activation.Selu.GAMMA), Activation.Selu.GAMMA));
  }

  /** Files have floats; a float next to the usual number means exactly that number. */
  private static double meant(double written, double usual) {
    return Math.abs(written - usual) < 1e-6 ? usual : written;
  }

  /** An alpha of a sixth is usual: that of PyTorch. */
  private static Activation hardSigmoid(Call call) throws Refusal {
    double alpha = call.real("alpha", 0.2);
    double beta = call.real("beta", 0.5);
    return new Activation.Hardsigmoid(meant(alpha, 1.0 / 6), beta);
  }

  private static Activation gelu(Call call) throws Refusal {
    return call.text("approximate", "none").equals("tanh")
        ? Elementary.GELU_TANH
        : new Activation.Gelu();
  }

  private static Activation swish(Call call) throws Refusal {
    return swish(call.real("alpha", 1));
  }

  static Activation swish(double alpha) {
    return alpha == 1 ? new Activation.Silu() : new Activation.Swish(alpha);
  }

  /** Bounds that are computed are those of min and max; the upper one wins. */
  private static View clipped(Call call) throws Refusal {
    if (!call.isComputed(1) && !call.isComputed(2)) {
      return apply(call, call.view(0), clip(call));
    }
    Spelling it = new Spelling(call);
    Value x = call.input(0);
    if (call.has(1)) {
      x = new Value.Computed(it.combine(Computation.Operator.MAX, x, call.input(1)));
    }
    return call.has(2) ? it.combine(Computation.Operator.MIN, x, call.input(2)) : call.view(x);
  }

  private static Activation clip(Call call) throws Refusal {
    return clip(
        bound(call, "min", 1, Double.NEGATIVE_INFINITY),
        bound(call, "max", 2, Double.POSITIVE_INFINITY));
  }

  /** In the standard the upper bound wins if the bounds cross. */
  static Activation clip(double least, double most) {
    if (least == 0 && most == Double.POSITIVE_INFINITY) {
      return new Activation.Relu();
    }
    return least == 0 && most == 6
        ? new Activation.Relu6()
        : new Activation.Clip(Math.min(least, most), most);
  }

  /** A bound; the largest float on its side means that there is none. */
  private static double bound(Call call, String name, int input, double otherwise) throws Refusal {
    double bound =
        call.has(input)
            ? Call.shortest((float) call.known(input, name).single())
            : call.real(name, otherwise);
    if (Double.isNaN(bound)) {
      throw new Refusal("its " + name + " is NaN", "give it a number");
    }
    boolean none = bound * Math.signum(otherwise) >= Float.MAX_VALUE * (1 - 1e-7);
    return none ? otherwise : bound;
  }

  private static View prelu(Call call) throws Refusal {
    return sloped(call, call.view(0), call.known(1, "slope"));
  }

  /** {@code x} where positive, else {@code slope * x}. */
  static View sloped(Call call, View x, Constant slope) throws Refusal {
    Optional<Constant> laid =
        new Joins(call)
            .laid(slope, x)
            .filter(it -> it.isSingle() || Joins.isByChannel(it, call.draft().shape(x.node())));
    if (laid.isEmpty()) {
      View negative = apply(call, x, clip(Double.NEGATIVE_INFINITY, 0));
      Joins joins = new Joins(call);
      View below =
          joins.combine(Computation.Operator.MUL, negative, call.learned(slope), call.name());
      return joins.add(apply(call, x, new Activation.Relu()), below, call.name());
    }
    LayerPlan plan =
        tensors -> new Op.Prelu(tensors.keep(".weight", List.of(laid.get().size()), laid.get()));
    return x.with(call.draft().add(LayerName.of(call.node(), slope.name()), plan, x.node()));
  }
}
