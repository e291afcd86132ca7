package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Layers with learned tensors. Names and shapes of those are PyTorch's. */
final class WeightedLayers {

  private static final String BIAS = "true";

  private WeightedLayers() {}

  static List<Layer> all() {
    return List.of(
        Layer.of(
            "conv",
            "A convolution; NAME.weight is [filters, channels / groups, rows, columns]; NAME.bias"
                + " is left out before a bn unless the file says bias: true.",
            Stream.concat(Stream.of(required("filters", Kind.COUNT)), sliding(true).stream())
                .toList(),
            (a, in) -> conv(a, in, a.integer("filters"), a.integer("groups"))),
        Layer.of(
            "dwconv",
            "A depthwise convolution: every channel has its own filter, or multiplier of them.",
            Stream.concat(
                    sliding(false).stream(),
                    Stream.of(optional("multiplier", Kind.COUNT, Datum.of(1))))
                .toList(),
            WeightedLayers::depthwise),
        Layer.of(
            "fc",
            "A fully connected layer over the channels of every pixel, or over all elements if it"
                + " says flatten: true; weights NAME.weight [outputs, channels], NAME.bias.",
            List.of(
                required("outputs", Kind.COUNT),
                optional("flatten", Kind.SWITCH, Datum.of(false)),
                optional("bias", Kind.SWITCH, Datum.of(true)),
                optional("residual", Kind.VALUE, "none"),
                optional("activation", Kind.ACTIVATION, "none")),
            WeightedLayers::fullyConnected),
        Layer.of(
            "bn",
            "Batch norm by its running statistics: NAME.weight, .bias, .running_mean,"
                + " .running_var.",
            List.of(optional("eps", Kind.NOT_NEGATIVE, Datum.of(1e-5))),
            (a, in) -> {
              int channels = in.channels();
              return new Op.BatchNorm(
                  a.tensor("weight", channels),
                  a.tensor("bias", channels),
                  a.tensor("running_mean", channels),
                  a.tensor("running_var", channels),
                  a.number("eps"));
            }),
        Layer.of(
            "scale",
            "x * factor; without a factor x * NAME.weight + NAME.bias, one of each a channel.",
            List.of(optional("factor", Kind.NUMBER, "none")),
            (a, in) -> {
              int channels = in.channels();
              return a.has("factor")
                  ? new Op.Scale(
                      new Recipe.Filled(a.number("factor"), List.of(channels)),
                      new Recipe.Filled(0, List.of(channels)))
                  : new Op.Scale(a.tensor("weight", channels), a.tensor("bias", channels));
            }),
        Layer.of(
            "prelu",
            "x where positive, else x * NAME.weight: one slope, or one a channel.",
            List.of(optional("per_channel", Kind.SWITCH, Datum.of(false))),
            (a, in) -> new Op.Prelu(a.tensor("weight", a.flag("per_channel") ? in.channels() : 1))),
        Layer.source(
            "tensor",
            "A learned value of its own, as it is stored: [channels, height, width], or, if it"
                + " says channels_last: true, [height, width, channels], as tokens are; its label"
                + " is the tensor's whole name.",
            List.of(
                required("shape", Kind.SHAPE),
                optional("channels_last", Kind.SWITCH, Datum.of(false))),
            WeightedLayers::learned));
  }

  private static List<Parameter> sliding(boolean groups) {
    return Stream.of(
            Optional.of(required("size", Kind.SIZE)),
            Optional.of(optional("stride", Kind.SIZE, Datum.of(1))),
            Optional.of(optional("pad", Kind.PADDING, Datum.of(0))),
            Optional.of(optional("dilation", Kind.SIZE, Datum.of(1))),
            groups
                ? Optional.of(optional("groups", Kind.COUNT, Datum.of(1)))
                : Optional.<Parameter>empty(),
            Optional.of(optional("bias", Kind.SWITCH, BIAS)),
            Optional.of(optional("residual", Kind.VALUE, "none")),
            Optional.of(optional("activation", Kind.ACTIVATION, "none")))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Op learned(Arguments a, Shape ignored) {
    Recipe stored = new Recipe.Stored(a.layer(), a.integers("shape"));
    return new Op.Learned(a.flag("channels_last") ? new Recipe.ChannelsFirst(stored) : stored);
  }

  private static Op fullyConnected(Arguments a, Shape in) {
    int outputs = a.integer("outputs");
    return a.flag("flatten")
        ? new Op.Fc(outputs, a.tensor("weight", outputs, in.size()), a.bias(outputs), a.epilogue())
        : perPixel(in, a.tensor("weight", outputs, in.channels()), a.bias(outputs), a.epilogue());
  }

  /** An fc over the channels of every pixel. */
  static Op perPixel(Shape in, Recipe weight, Optional<Recipe> bias, Epilogue epilogue) {
    int outputs = weight.shape().getFirst();
    return in.isVector()
        ? new Op.Fc(outputs, weight, bias, epilogue)
        : new Op.Conv(outputs, Window.of(1, 1), 1, weight, bias, epilogue);
  }

  private static Op conv(Arguments a, Shape in, int filters, int groups) {
    Datum.Size size = a.size("size");
    return new Op.Conv(
        filters,
        a.window(in),
        groups,
        a.tensor(
            "weight", filters, in.channels() / groups, (int) size.height(), (int) size.width()),
        a.bias(filters),
        a.epilogue());
  }

  private static Op depthwise(Arguments a, Shape in) throws Refusal {
    long filters = (long) in.channels() * a.integer("multiplier");
    if (filters > Integer.MAX_VALUE) {
      throw new Refusal("gives more than 2,147,483,647 channels", "a smaller multiplier");
    }
    return conv(a, in, (int) filters, in.channels());
  }
}
