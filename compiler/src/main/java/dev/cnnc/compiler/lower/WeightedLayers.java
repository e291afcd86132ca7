package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.lower.Parameter.optional;
import static dev.cnnc.compiler.lower.Parameter.required;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Layers with learned tensors, with PyTorch's names and shapes. */
final class WeightedLayers {

  private static final String BIAS = "true";

  private WeightedLayers() {}

  static List<Layer> all() {
    return List.of(
        Layer.of(
            "conv",
            Manual.of(
                    "A convolution, `torch.nn.Conv2d`: y[f, i, j] = `bias`[f] + the sum over k, a,"
                        + " b of `weight`[f, k, a, b] * x[k, i * stride + a * dilation - top, j *"
                        + " stride + b * dilation - left]. With `groups: g` the filters and the"
                        + " channels are divided into g equal groups, and the filters of a group"
                        + " read only the channels of their group. A conv whose only reader is a"
                        + " `bn` has no bias, unless the file says `bias: true`. `bias: false`"
                        + " removes the bias of any other conv.",
                    "conv(4, 3x3, stride: 2, pad: 1)",
                    "[filters, h_out, w_out]",
                    "weight [filters, c / groups, rows, columns]",
                    "bias [filters]")
                .or(
                    "conv(4, 1x3, groups: 2, bias: false)",
                    "[filters, h_out, w_out]",
                    "weight [filters, c / groups, rows, columns]"),
            Stream.concat(Stream.of(required("filters", Kind.COUNT)), sliding(true).stream())
                .toList(),
            (a, in) -> conv(a, in, a.integer("filters"), a.integer("groups"))),
        Layer.of(
            "dwconv",
            Manual.of(
                "A depthwise convolution: every channel has `multiplier` filters of its own, as in"
                    + " `conv(multiplier * channels, size, groups: channels)`. Its bias follows the"
                    + " rule of `conv`.",
                "dwconv(3x3, pad: 1)",
                "[c * multiplier, h_out, w_out]",
                "weight [c * multiplier, 1, rows, columns]",
                "bias [c * multiplier]"),
            Stream.concat(
                    sliding(false).stream(),
                    Stream.of(optional("multiplier", Kind.COUNT, Datum.of(1))))
                .toList(),
            WeightedLayers::depthwise),
        Layer.of(
            "conv_transpose",
            Manual.of(
                "The transpose of a conv, `torch.nn.ConvTranspose2d`: every pixel adds its filters,"
                    + " multiplied by its value, to the output; neighbouring pixels are `stride`"
                    + " pixels apart there. The sides of the output are (side - 1) * stride + (size"
                    + " - 1) * dilation + 1 - pads + output_pad.",
                "conv_transpose(4, 3x3, stride: 2, pad: 1, output_pad: 1)",
                "[filters, 2 * h, 2 * w]",
                "weight [c, filters, rows, columns]",
                "bias [filters]"),
            List.of(
                required("filters", Kind.COUNT),
                required("size", Kind.SIZE),
                optional("stride", Kind.SIZE, Datum.of(1)),
                optional("pad", Kind.MARGIN, Datum.of(0)),
                optional("output_pad", Kind.EXTENT, Datum.of(0)),
                optional("dilation", Kind.SIZE, Datum.of(1)),
                optional("groups", Kind.COUNT, Datum.of(1)),
                optional("bias", Kind.SWITCH, Datum.of(true))),
            WeightedLayers::transposed),
        Layer.of(
            "fc",
            Manual.of(
                    "A fully connected layer, `torch.nn.Linear`: `weight` * x + `bias` over the"
                        + " channels of **every pixel by itself**. To use all pixels at once, write"
                        + " `flatten -> fc(10)`, or `fc(10, flatten: true)` for short, or `gap ->"
                        + " fc(10)`. It keeps its bias before a `bn`.",
                    "fc(10)",
                    "[outputs, h, w]",
                    "weight [outputs, c]",
                    "bias [outputs]")
                .or(
                    "fc(10, flatten: true)",
                    "[outputs]",
                    "weight [outputs, c * h * w]",
                    "bias [outputs]"),
            List.of(
                required("outputs", Kind.COUNT),
                optional("flatten", Kind.SWITCH, Datum.of(false)),
                optional("bias", Kind.SWITCH, Datum.of(true)),
                optional("residual", Kind.VALUE, "none"),
                optional("activation", Kind.ACTIVATION, "none")),
            WeightedLayers::fullyConnected),
        Layer.of(
            "bn",
            Manual.of(
                "Batch norm, `torch.nn.BatchNorm2d` in evaluation mode: (x - `running_mean`)"
                    + " / sqrt(`running_var` + eps) * `weight` + `bias`, each one number a"
                    + " channel.",
                "bn(eps: 0.001)",
                "[c, h, w]",
                "weight [c]",
                "bias [c]",
                "running_mean [c]",
                "running_var [c]"),
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
            Manual.of(
                    "x * factor + shift. Without factor and shift, x * `weight` + `bias`, with one"
                        + " weight and one bias for each channel.",
                    "scale(0.5)",
                    "[c, h, w]")
                .or("scale(2, shift: -1)", "[c, h, w]")
                .or("scale", "[c, h, w]", "weight [c]", "bias [c]"),
            List.of(
                optional("factor", Kind.EXTENDED, "none"),
                optional("shift", Kind.EXTENDED, "none"),
                optional("activation", Kind.ACTIVATION, "none")),
            WeightedLayers::scale),
        Layer.of(
            "prelu",
            Manual.of(
                    "x where positive, else x * `weight`, with one slope for all channels or one"
                        + " for each.",
                    "prelu",
                    "[c, h, w]",
                    "weight [1]")
                .or("prelu(per_channel: true)", "[c, h, w]", "weight [c]"),
            List.of(optional("per_channel", Kind.SWITCH, Datum.of(false))),
            (a, in) -> new Op.Prelu(a.tensor("weight", a.flag("per_channel") ? in.channels() : 1))),
        Layer.source(
            "tensor",
            Manual.of(
                    "A learned value. It begins a chain or branch. It needs a label, which is the"
                        + " name of the tensor, without `.weight`. The shape is that of the stored"
                        + " tensor: [channels, height, width], or [height, width, channels] with"
                        + " `channels_last: true`, the order of stored tokens. Missing sides are"
                        + " 1.",
                    "tensor([6, 1, 1])",
                    "[6, 1, 1]",
                    "[6, 1, 1]")
                .or("tensor([1, 64, 6], channels_last: true)", "[6, 1, 64]", "[1, 64, 6]"),
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
    return new Op.Learned(a.flag("channels_last") ? channelsFirst(stored) : stored);
  }

  /** Moves the last axis to the front. */
  private static Recipe channelsFirst(Recipe channelsLast) {
    Recipe tensor = channelsLast;
    for (int axis = tensor.shape().size() - 2; axis >= 0; axis--) {
      tensor = new Recipe.Transposed(tensor, axis);
    }
    return tensor;
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

  private static Op scale(Arguments a, Shape in) throws Refusal {
    int channels = in.channels();
    if (a.has("shift")) {
      if (a.has("activation")) {
        throw new Refusal("takes no activation beside a shift", "write the activation behind it");
      }
      double factor = a.has("factor") ? a.number("factor") : 1;
      return new Op.Activate(new Activation.Linear(factor, a.number("shift")));
    }
    return a.has("factor")
        ? new Op.Scale(
            new Recipe.Filled(a.number("factor"), List.of(channels)),
            new Recipe.Filled(0, List.of(channels)),
            a.activation())
        : new Op.Scale(a.tensor("weight", channels), a.tensor("bias", channels), a.activation());
  }

  private static Op transposed(Arguments a, Shape in) {
    int filters = a.integer("filters");
    int groups = a.integer("groups");
    Datum.Size size = a.size("size");
    Datum.Size more = a.size("output_pad");
    return new Computation.ConvTranspose(
        filters,
        a.window(in),
        new Computation.OutputPadding((int) more.height(), (int) more.width()),
        groups,
        a.tensor(
            "weight", in.channels(), filters / groups, (int) size.height(), (int) size.width()),
        a.bias(filters));
  }

  private static Op depthwise(Arguments a, Shape in) throws Refusal {
    long filters = (long) in.channels() * a.integer("multiplier");
    if (filters > Integer.MAX_VALUE) {
      throw new Refusal("gives more than 2,147,483,647 channels", "a smaller multiplier");
    }
    return conv(a, in, (int) filters, in.channels());
  }
}
