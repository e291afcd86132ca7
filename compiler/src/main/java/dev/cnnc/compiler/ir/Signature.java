package dev.cnnc.compiler.ir;

import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What shape each operation makes of the shapes it reads, or why it cannot.
 *
 * <p>Invariant: a shape that comes out has sides of at least 1 and fewer than 2^31 elements, and so
 * has every parameter tensor; all sums here are done in {@code long}, so no size overflows.
 */
public final class Signature {

  /** Sides of windows and of padded pictures stay below this, so that {@link Window} may add. */
  private static final long LONGEST_SIDE = 1L << 30;

  private Signature() {}

  /** A shape, or a sentence about what is wrong. */
  public sealed interface Result {
    record Fits(Shape shape) implements Result {}

    record Problem(String message, Optional<String> help) implements Result {}
  }

  /** What {@code op} makes of {@code inputs}. An {@link Op.Input} has no signature. */
  public static Result of(Op op, List<Shape> inputs) {
    int wanted = op.inputs(inputs.size());
    return inputs.size() == wanted
        ? shape(op, inputs)
        : problem(
            "needs "
                + wanted
                + (wanted == 1 ? " input" : " inputs")
                + ", but has "
                + inputs.size());
  }

  private static Result shape(Op op, List<Shape> in) {
    return switch (op) {
      case Op.Input() -> problem("has no signature: its shape is written in the file");
      case Op.Learned(Recipe tensor) -> learned(tensor.shape());
      case Op.Conv conv -> conv(conv, in);
      case Op.Fc fc -> fullyConnected(fc, in);
      case Op.BatchNorm(var weight, var bias, var mean, var variance, double epsilon) ->
          epsilon >= 0
              ? byChannel(in.getFirst(), List.of(weight, bias, mean, variance))
              : problem("needs an eps of 0 or more");
      case Op.LayerNorm(var weight, var bias, double epsilon) ->
          epsilon >= 0
              ? byChannel(in.getFirst(), List.of(weight, bias))
              : problem("needs an eps of 0 or more");
      case Op.Scale(var factor, var shift, var _) ->
          byChannel(in.getFirst(), List.of(factor, shift));
      case Op.Prelu(Recipe slope) ->
          slope.shape().equals(List.of(1)) ? fits(in) : byChannel(in.getFirst(), List.of(slope));
      case Op.Activate _, Op.Softmax _, Op.Dropout _ -> fits(in);
      case Op.LocalResponseNorm norm ->
          norm.size() >= 1 ? fits(in) : problem("needs a size of 1 or more");
      case Op.Pool pool -> pool(pool, in.getFirst());
      case Op.GlobalPool _ -> make(in.getFirst().channels(), 1, 1);
      case Op.Add _, Op.Mean _ -> equal(in);
      case Op.Multiply() -> multiply(in);
      case Op.Concat() -> concat(in);
      case Op.Slice(int from, int to) -> slice(from, to, in.getFirst());
      case Op.Shuffle(int groups) ->
          groups >= 1 && in.getFirst().channels() % groups == 0
              ? fits(in)
              : problem(
                  String.format(
                      Locale.ROOT,
                      "cannot deal %,d channels out by groups: %,d",
                      in.getFirst().channels(),
                      groups),
                  "the number of groups must divide the channels");
      case Op.Crop crop -> crop(crop, in.getFirst());
      case Op.Tokens() -> tokens(in);
      case Op.Attention(int heads) -> attention(heads, in.getFirst());
      case Op.Flatten() -> make(in.getFirst().size(), 1, 1);
      case Op.Pad pad -> pad(pad, in.getFirst());
      case Op.Upsample(int height, int width) ->
          make(
              in.getFirst().channels(),
              (long) in.getFirst().height() * height,
              (long) in.getFirst().width() * width);
      case Computation computation -> ComputationSignature.of(computation, in);
      case Rearrangement rearrangement -> RearrangementSignature.of(rearrangement, in.getFirst());
    };
  }

  private static Result learned(List<Integer> sides) {
    if (sides.isEmpty() || sides.size() > 3) {
      return problem("needs a shape of one to three sides: [channels, height, width]");
    }
    Function<Integer, Integer> side = i -> i < sides.size() ? sides.get(i) : 1;
    return make(sides.getFirst(), side.apply(1), side.apply(2));
  }

  private static Result conv(Op.Conv conv, List<Shape> in) {
    Shape input = in.getFirst();
    int groups = conv.groups();
    if (groups < 1 || input.channels() % groups != 0 || conv.filters() % groups != 0) {
      return groups(input.channels(), conv.filters(), groups);
    }
    Window window = conv.window();
    List<Integer> weight =
        conv.isFc() && groups == 1 && window.equals(Window.of(1, 1))
            ? List.of(conv.filters(), input.channels())
            : List.of(conv.filters(), input.channels() / groups, window.height(), window.width());
    Result parameters = parameters(conv.weight(), weight, conv.bias(), conv.filters());
    return parameters instanceof Result.Problem
        ? parameters
        : residual(slide(window, false, conv.filters(), input), conv.epilogue(), in);
  }

  static Result groups(int channels, int filters, int groups) {
    return problem(
        String.format(
            Locale.ROOT,
            "cannot split %,d channels into %,d filters by groups: %,d",
            channels,
            filters,
            groups),
        "the number of groups must divide both");
  }

  private static Result fullyConnected(Op.Fc fc, List<Shape> in) {
    List<Integer> weight = List.of(fc.outputs(), in.getFirst().size());
    Result parameters = parameters(fc.weight(), weight, fc.bias(), fc.outputs());
    return parameters instanceof Result.Problem
        ? parameters
        : residual(make(fc.outputs(), 1, 1), fc.epilogue(), in);
  }

  static Result parameters(
      Recipe weight, List<Integer> wanted, Optional<Recipe> bias, int outputs) {
    if (Sizes.elements(wanted) > Integer.MAX_VALUE) {
      return problem(
          "would have a weight of " + wanted + ": a tensor has at most 2,147,483,647 elements");
    }
    if (!weight.shape().equals(wanted)) {
      return problem("needs a weight of " + wanted + ", but has " + weight.shape());
    }
    return bias.isPresent() && !bias.get().shape().equals(List.of(outputs))
        ? problem("needs a bias of [" + outputs + "], but has " + bias.get().shape())
        : make(1, 1, 1);
  }

  private static Result residual(Result output, Epilogue epilogue, List<Shape> in) {
    return output instanceof Result.Fits(Shape shape)
            && epilogue.residual()
            && !shape.equals(in.get(1))
        ? problem("gives " + shape + ", but its residual is " + in.get(1))
        : output;
  }

  static Result byChannel(Shape input, List<Recipe> tensors) {
    List<Integer> wanted = List.of(input.channels());
    for (Recipe tensor : tensors) {
      if (!tensor.shape().equals(wanted)) {
        return problem("needs tensors of " + wanted + ", but has " + tensor.shape());
      }
    }
    return fits(List.of(input));
  }

  private static Result pool(Op.Pool pool, Shape input) {
    Window window = pool.window();
    Padding padding = window.padding();
    long reachHeight = Sizes.reach(window.height(), window.dilationHeight());
    long reachWidth = Sizes.reach(window.width(), window.dilationWidth());
    boolean wide =
        Math.max(padding.top(), padding.bottom()) >= reachHeight
            || Math.max(padding.left(), padding.right()) >= reachWidth;
    boolean blind =
        wide
            || (padding.top() > 0 && window.dilationHeight() > input.height())
            || (padding.left() > 0 && window.dilationWidth() > input.width());
    return blind
        ? problem(
            "has a window that sees nothing but padding",
            wide
                ? "pad less than the window's size"
                : "a dilation of at most the picture's size, or no padding")
        : slide(window, pool.ceil(), input.channels(), input);
  }

  private static Result slide(Window window, boolean ceil, int channels, Shape input) {
    Padding padding = window.padding();
    long height = (long) input.height() + padding.top() + padding.bottom();
    long width = (long) input.width() + padding.left() + padding.right();
    long reachHeight = Sizes.reach(window.height(), window.dilationHeight());
    long reachWidth = Sizes.reach(window.width(), window.dilationWidth());
    long stride = Math.max(window.strideHeight(), window.strideWidth());
    long longest = Math.max(Math.max(height, width), Math.max(reachHeight, reachWidth));
    if (Math.max(longest, stride) >= LONGEST_SIDE) {
      return problem("has a window, stride or padded side of 1,073,741,824 pixels or more");
    }
    if (height < reachHeight || width < reachWidth) {
      return problem(
          "has a window of %sx%s, which does not fit into %sx%s pixels"
              .formatted(reachHeight, reachWidth, height, width),
          "a smaller window, more padding or a larger picture");
    }
    return make(
        channels,
        window.outputHeight(input.height(), ceil),
        window.outputWidth(input.width(), ceil));
  }

  private static Result equal(List<Shape> in) {
    return in.stream().allMatch(in.getFirst()::equals)
        ? fits(in)
        : problem("needs equal shapes, but its branches give " + Sizes.list(in));
  }

  private static Result multiply(List<Shape> in) {
    Shape whole = in.stream().filter(s -> !s.isVector()).findFirst().orElse(in.getFirst());
    boolean good =
        in.stream()
            .allMatch(s -> s.channels() == whole.channels() && (s.isVector() || s.equals(whole)));
    return good
        ? fits(List.of(whole))
        : problem(
            "needs equal shapes or one pixel of as many channels, but its branches give "
                + Sizes.list(in));
  }

  private static Result concat(List<Shape> in) {
    Shape first = in.getFirst();
    if (in.stream().anyMatch(s -> s.height() != first.height() || s.width() != first.width())) {
      return problem("needs pictures of one size, but its branches give " + Sizes.list(in));
    }
    return make(in.stream().mapToLong(Shape::channels).sum(), first.height(), first.width());
  }

  private static Result slice(int from, int to, Shape in) {
    return from >= 0 && from < to && to <= in.channels()
        ? make(to - from, in.height(), in.width())
        : problem("cannot take channels " + from + " up to " + to + " of " + in.channels());
  }

  private static Result crop(Op.Crop crop, Shape in) {
    boolean inside =
        Math.min(crop.top(), crop.left()) >= 0
            && (long) crop.top() + crop.height() <= in.height()
            && (long) crop.left() + crop.width() <= in.width();
    return inside
        ? make(in.channels(), crop.height(), crop.width())
        : problem(
            "cannot cut %sx%s pixels at row %s, column %s out of %sx%s"
                .formatted(
                    crop.height(), crop.width(), crop.top(), crop.left(), in.height(), in.width()));
  }

  private static Result tokens(List<Shape> in) {
    int channels = in.getFirst().channels();
    return in.stream().allMatch(shape -> shape.channels() == channels)
        ? make(channels, 1, in.stream().mapToLong(Shape::pixels).sum())
        : problem(
            "needs pixels of equal channels, but its branches give " + Sizes.list(in),
            "an fc or a 1x1 conv gives every pixel other channels");
  }

  private static Result attention(int heads, Shape in) {
    return heads >= 1 && in.channels() % (3L * heads) == 0
        ? make(in.channels() / 3, in.height(), in.width())
        : problem(
            String.format(
                Locale.ROOT,
                "cannot split %,d channels into queries, keys and values of %,d heads",
                in.channels(),
                heads));
  }

  private static Result pad(Op.Pad pad, Shape in) {
    return make(
        (long) in.channels() + pad.channelsBefore() + pad.channelsAfter(),
        (long) in.height() + pad.pixels().top() + pad.pixels().bottom(),
        (long) in.width() + pad.pixels().left() + pad.pixels().right());
  }

  /** The shape, if it is one: sides from 1, fewer than 2^31 elements. */
  public static Result make(long channels, long height, long width) {
    if (Math.min(channels, Math.min(height, width)) < 1) {
      return problem("gives [" + channels + ", " + height + ", " + width + "], which is empty");
    }
    return Sizes.product(channels, height, width) > Integer.MAX_VALUE
        ? problem(
            "gives [%s, %s, %s]: a value has at most 2,147,483,647 elements"
                .formatted(channels, height, width))
        : new Result.Fits(new Shape((int) channels, (int) height, (int) width));
  }

  private static Result fits(List<Shape> in) {
    return new Result.Fits(in.getFirst());
  }

  static Result problem(String message) {
    return new Result.Problem(message, Optional.empty());
  }

  static Result problem(String message, String help) {
    return new Result.Problem(message, Optional.of(help));
  }
}
