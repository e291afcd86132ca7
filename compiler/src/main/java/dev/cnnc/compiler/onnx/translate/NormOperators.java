package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What brings values to a common size. */
final class NormOperators {

  private NormOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "BatchNormalization", Operator.of(NormOperators::batch),
        "LayerNormalization", Operator.of(NormOperators::layer),
        "LRN", Operator.of(NormOperators::localResponse),
        "Softmax", Operator.of(call -> softmax(call, false)),
        "LogSoftmax", Operator.of(call -> softmax(call, true)));
  }

  private static View batch(Call call) throws Refusal {
    View x = call.view(0);
    if (x.rank() < 2 || x.size(0) != 1) {
      throw new Refusal("has a batch of " + x.size(0), "export the model with a batch of one");
    }
    if (call.flag("training_mode")) {
      throw new Refusal("is a batch norm in training", "export the model for inference");
    }
    View picture = call.layouts().arranged(x, Arrangement.picture(x.rank()), call.name());
    Constant weight = call.known(1, "scale");
    Constant bias = call.known(2, "bias");
    Constant mean = call.known(3, "mean");
    Constant variance = call.known(4, "variance");
    List<Integer> shape = List.of(call.draft().shape(picture.node()).channels());
    double epsilon = call.real("epsilon", 1e-5);
    LayerPlan plan =
        tensors ->
            new Op.BatchNorm(
                tensors.keep(".weight", shape, weight),
                tensors.keep(".bias", shape, bias),
                tensors.keep(".running_mean", shape, mean),
                tensors.keep(".running_var", shape, variance),
                epsilon);
    String name = LayerName.of(call.node(), weight.name());
    return picture.with(call.draft().add(name, plan, picture.node()));
  }

  private static View layer(Call call) throws Refusal {
    View x = call.view(0);
    int axis = Call.axis(call.whole("axis", -1), x.rank());
    Constant weight = call.known(1, "scale");
    List<Integer> normalised = x.sizes().subList(axis, x.rank());
    int count = normalised.stream().reduce(1, (a, b) -> a * b);
    Constant bias = call.has(2) ? call.known(2, "bias") : ArithmeticOperators.filled(0, count);
    return norm(
        call,
        x,
        axis,
        weight.expanded(Broadcast.of(weight.sizes(), normalised)),
        bias.size() == count ? bias : bias.expanded(Broadcast.of(bias.sizes(), normalised)),
        call.real("epsilon", 1e-5));
  }

  /** Layer norm over the dimensions from {@code axis} on. */
  static View norm(Call call, View x, int axis, Constant weight, Constant bias, double epsilon)
      throws Refusal {
    View ready = channelsFrom(call, x, axis);
    List<Integer> shape = List.of(call.draft().shape(ready.node()).channels());
    LayerPlan plan =
        tensors ->
            new Op.LayerNorm(
                tensors.keep(".weight", shape, weight),
                tensors.keep(".bias", shape, bias),
                epsilon);
    String name = LayerName.of(call.node(), weight.name());
    return ready.with(call.draft().add(name, plan, ready.node()));
  }

  /** The view with all dimensions from {@code axis} on as channels. */
  static View channelsFrom(Call call, View x, int axis) throws Refusal {
    List<Integer> channels = new ArrayList<>();
    for (int i = axis; i < x.rank(); i++) {
      channels.add(i);
    }
    Shape shape = call.draft().shape(x.node());
    boolean there = channels.size() == 1 && x.isWhole(axis, Axis.CHANNEL, shape);
    return there
        ? x
        : call.layouts().arranged(x, Arrangement.pixels(x.rank(), channels), call.name());
  }

  private static View softmax(Call call, boolean logarithm) throws Refusal {
    View x = call.view(0);
    boolean old = call.version() < 13;
    int axis = Call.axis(call.whole("axis", old ? 1 : -1), x.rank());
    Shape shape = call.draft().shape(x.node());
    View ready;
    if (old) {
      ready = channelsFrom(call, x, axis);
    } else if (x.isWhole(axis, Axis.CHANNEL, shape)) {
      ready = x;
    } else {
      ready = call.layouts().arranged(x, Arrangement.along(x, axis), call.name());
    }
    return ready.with(call.draft().add(call.name(), new Op.Softmax(logarithm), ready.node()));
  }

  private static View localResponse(Call call) throws Refusal {
    View x = SumOperators.picture(call);
    Op norm =
        new Op.LocalResponseNorm(
            Math.toIntExact(call.whole("size", 1)),
            call.real("alpha", 1e-4),
            call.real("beta", 0.75),
            call.real("bias", 1));
    return x.with(call.draft().add(call.name(), norm, x.node()));
  }
}
