package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Axes;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Imports norms and softmax. */
final class NormOperators {

  /** Before this version a softmax runs over all axes from the given one on. */
  private static final int SOFTMAX_OF_ONE_AXIS = 13;

  private NormOperators() {}

  static Map<String, Translator> all() {
    return Map.of(
        "BatchNormalization", Translator.of(NormOperators::batch),
        "LayerNormalization", NormOperators::layer,
        "InstanceNormalization", Translator.of(NormOperators::instance),
        "GroupNormalization", Translator.of(NormOperators::group),
        "LRN", Translator.of(NormOperators::localResponse),
        "Softmax", Translator.of(call -> softmax(call, false)),
        "LogSoftmax", Translator.of(call -> softmax(call, true)));
  }

  /** Batch and channels on one axis; vectors are pictures of one pixel. */
  private static View channels(Call call) throws Refusal {
    View x = call.view(0);
    if (x.rank() < 2) {
      throw new Refusal("has an input of shape " + x.sizes(), "give it a batch of channels");
    }
    return call.layouts().arranged(x, Arrangement.picture(x.rank()), call.name());
  }

  /** One number for each channel, repeated for every picture of a batch. */
  private static Constant repeated(Constant byChannel, View x) {
    int channels = byChannel.size();
    return byChannel.reshaped(List.of(1, channels)).expanded(List.of(x.size(0), channels));
  }

  private static View batch(Call call) throws Refusal {
    View x = channels(call);
    if (call.flag("training_mode")) {
      throw new Refusal("is a batch norm in training", "export the model for inference");
    }
    Constant named = call.known(1, "scale");
    if (call.whole("spatial", 1) == 0) {
      List<Constant> parameters =
          List.of(named, call.known(2, "bias"), call.known(3, "mean"), call.known(4, "variance"));
      return SpelledNorms.ofPixels(call, call.view(0), parameters, call.real("epsilon", 1e-5));
    }
    Constant weight = repeated(named, x);
    Constant bias = repeated(call.known(2, "bias"), x);
    Constant mean = repeated(call.known(3, "mean"), x);
    Constant variance = repeated(call.known(4, "variance"), x);
    List<Integer> shape = List.of(weight.size());
    double epsilon = call.real("epsilon", 1e-5);
    LayerPlan plan =
        tensors ->
            new Op.BatchNorm(
                tensors.keep(".weight", shape, weight),
                tensors.keep(".bias", shape, bias),
                tensors.keep(".running_mean", shape, mean),
                tensors.keep(".running_var", shape, variance),
                epsilon);
    String name = LayerName.of(call.node(), named.name());
    return x.with(call.draft().add(name, plan, x.node()));
  }

  private static View instance(Call call) throws Refusal {
    View x = channels(call);
    Constant weight = call.known(1, "scale");
    return grouped(call, x, x.size(0) * x.size(1), weight, call.known(2, "bias"), weight.name());
  }

  /**
   * Imports GroupNormalization. Up to version 20 it has one weight for each group, after that one
   * for each channel.
   */
  private static View group(Call call) throws Refusal {
    View x = channels(call);
    int groups = Math.toIntExact(call.whole("num_groups", 1));
    Constant weight = call.known(1, "scale");
    int width = weight.size() == x.size(1) ? 1 : x.size(1) / Math.max(1, weight.size());
    return grouped(
        call,
        x,
        x.size(0) * groups,
        spread(weight, width),
        spread(call.known(2, "bias"), width),
        weight.name());
  }

  private static Constant spread(Constant byGroup, int width) {
    return byGroup.reshaped(List.of(byGroup.size(), 1)).expanded(List.of(byGroup.size(), width));
  }

  private static View grouped(
      Call call, View x, int groups, Constant weight, Constant bias, String name) throws Refusal {
    double epsilon = call.real("epsilon", 1e-5);
    Constant weights = repeated(weight, x);
    Constant biases = repeated(bias, x);
    List<Integer> shape = List.of(weights.size());
    LayerPlan plan =
        tensors ->
            new Computation.GroupNorm(
                groups,
                tensors.keep(".weight", shape, weights),
                tensors.keep(".bias", shape, biases),
                epsilon);
    return x.with(call.draft().add(LayerName.of(call.node(), name), plan, x.node()));
  }

  private static List<Value> layer(Call call) throws Refusal {
    View x = call.view(0);
    int axis = Call.axis(call.whole("axis", -1), x.rank());
    Constant weight = call.known(1, "scale");
    List<Integer> normalised = x.sizes().subList(axis, x.rank());
    Constant bias =
        call.has(2) ? call.known(2, "bias") : Constant.of(List.of(1), Onnx.DataType.DOUBLE, 0);
    View norm =
        norm(
            call,
            x,
            IntStream.range(axis, x.rank()).boxed().toList(),
            weight.expanded(Broadcast.of(weight.sizes(), normalised)),
            bias.expanded(Broadcast.of(bias.sizes(), normalised)),
            call.real("epsilon", 1e-5));
    List<Value> outputs = new ArrayList<>(List.of(new Value.Computed(norm)));
    if (call.node().outputs().size() > 1) {
      outputs.addAll(statistics(call, x, axis));
    }
    return outputs;
  }

  /** The mean and the reciprocal of the deviation of the normalised elements. */
  private static List<Value> statistics(Call call, View x, int axis) throws Refusal {
    View ready = channelsFrom(call, x, axis);
    ImportDraft draft = call.draft();
    Axes channels = new Axes(true, false, false);
    int mean =
        draft.add(
            call.name(), new Computation.Reduce(Computation.Reducer.MEAN, channels), ready.node());
    int centred =
        draft.add(
            call.name(), new Computation.Combine(Computation.Operator.SUB), ready.node(), mean);
    int squares = draft.add(call.name(), new Op.Activate(Activation.Elementary.SQUARE), centred);
    int variance =
        draft.add(call.name(), new Computation.Reduce(Computation.Reducer.MEAN, channels), squares);
    Op.Activate shift = new Op.Activate(new Activation.Linear(1, call.real("epsilon", 1e-5)));
    int shifted = draft.add(call.name(), shift, variance);
    int root = draft.add(call.name(), new Op.Activate(Activation.Elementary.SQRT), shifted);
    int inverse = draft.add(call.name(), new Op.Activate(Activation.Elementary.RECIPROCAL), root);
    List<Integer> sizes = new ArrayList<>(x.sizes());
    for (int i = axis; i < sizes.size(); i++) {
      sizes.set(i, 1);
    }
    Arrangement lying =
        ready
            .arrangement()
            .orElseThrow(
                () -> new Refusal("gives statistics of pixels", "leave out its other outputs"));
    return List.of(
        new Value.Computed(View.of(mean, lying, sizes)),
        new Value.Computed(View.of(inverse, lying, sizes)));
  }

  /** Layer norm over the last dimensions, or over a single one. */
  static View norm(
      Call call, View x, List<Integer> axes, Constant weight, Constant bias, double epsilon)
      throws Refusal {
    View ready =
        axes.equals(List.of(1))
            ? call.layouts().arranged(x, Arrangement.along(x, 1), call.name())
            : channelsFrom(call, x, axes.getFirst());
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
  private static View channelsFrom(Call call, View x, int axis) throws Refusal {
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

  /** The axis of a softmax, or before version 13 the first of its axes. */
  static int softmaxAxis(Call call, int rank) throws Refusal {
    return Call.axis(call.whole("axis", call.version() < SOFTMAX_OF_ONE_AXIS ? 1 : -1), rank);
  }

  private static View softmax(Call call, boolean logarithm) throws Refusal {
    View x = call.view(0);
    boolean old = call.version() < SOFTMAX_OF_ONE_AXIS;
    int axis = softmaxAxis(call, x.rank());
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

  /** Imports LRN. Pictures of a batch share no neighbouring channels. */
  private static View localResponse(Call call) throws Refusal {
    View x = call.view(0);
    View ready =
        x.size(0) == 1
            ? SumOperators.picture(call)
            : call.layouts().arranged(x, Arrangement.pixels(x.rank(), List.of(1)), call.name());
    Op norm =
        new Op.LocalResponseNorm(
            Math.toIntExact(call.whole("size", 1)),
            call.real("alpha", 1e-4),
            call.real("beta", 0.75),
            call.real("bias", 1));
    return ready.with(call.draft().add(call.name(), norm, ready.node()));
  }
}
