package dev.cnnc.compiler.ir;

import dev.cnnc.compiler.ir.Signature.Result;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The part of {@link Signature} for {@link Computation}. */
final class ComputationSignature {

  private ComputationSignature() {}

  static Result of(Computation op, List<Shape> in) {
    return switch (op) {
      case Computation.Combine _ -> combine(in);
      case Computation.MatMul() -> product(in.get(0), in.get(1));
      case Computation.Sample() -> sampled(in.get(0), in.get(1));
      case Computation.Reduce(var _, Axes axes) ->
          Signature.make(
              axes.channels() ? 1 : in.getFirst().channels(),
              axes.rows() ? 1 : in.getFirst().height(),
              axes.columns() ? 1 : in.getFirst().width());
      case Computation.GroupNorm norm -> normalised(norm, in.getFirst());
      case Computation.ConvTranspose conv -> transposed(conv, in.getFirst());
    };
  }

  private static Result combine(List<Shape> in) {
    long channels = longest(in, Shape::channels);
    long height = longest(in, Shape::height);
    long width = longest(in, Shape::width);
    boolean good =
        in.stream()
            .allMatch(
                shape ->
                    repeats(shape.channels(), channels)
                        && repeats(shape.height(), height)
                        && repeats(shape.width(), width));
    return good
        ? Signature.make(channels, height, width)
        : Signature.problem(
            "needs equal shapes, or sides of 1, which it repeats, but its branches give "
                + Sizes.list(in));
  }

  private static long longest(List<Shape> in, ToIntFunction<Shape> side) {
    return in.stream().mapToInt(side).max().orElseThrow();
  }

  private static boolean repeats(int side, long longest) {
    return side == 1 || side == longest;
  }

  private static Result normalised(Computation.GroupNorm norm, Shape in) {
    if (norm.groups() < 1 || in.channels() % norm.groups() != 0) {
      return Signature.problem(
          String.format(
              Locale.ROOT,
              "cannot split %,d channels into groups: %,d",
              in.channels(),
              norm.groups()),
          "the number of groups must divide the channels");
    }
    return norm.epsilon() >= 0
        ? Signature.byChannel(in, List.of(norm.weight(), norm.bias()))
        : Signature.problem("needs an eps of 0 or more");
  }

  private static Result transposed(Computation.ConvTranspose conv, Shape in) {
    Window window = conv.window();
    if (conv.groups() < 1
        || in.channels() % conv.groups() != 0
        || conv.filters() % conv.groups() != 0) {
      return Signature.groups(in.channels(), conv.filters(), conv.groups());
    }
    List<Integer> weight =
        List.of(in.channels(), conv.filters() / conv.groups(), window.height(), window.width());
    Result parameters = Signature.parameters(conv.weight(), weight, conv.bias(), conv.filters());
    if (parameters instanceof Result.Problem) {
      return parameters;
    }
    if (conv.more().rows() >= Math.max(window.strideHeight(), window.dilationHeight())
        || conv.more().columns() >= Math.max(window.strideWidth(), window.dilationWidth())) {
      return Signature.problem(
          "has an output_pad as large as its stride", "a larger window, or less pad");
    }
    return Signature.make(
        conv.filters(),
        side(in.height(), window.strideHeight(), window.height(), window.dilationHeight())
            - window.padding().top()
            - window.padding().bottom()
            + conv.more().rows(),
        side(in.width(), window.strideWidth(), window.width(), window.dilationWidth())
            - window.padding().left()
            - window.padding().right()
            + conv.more().columns());
  }

  private static long side(long input, long stride, long size, long dilation) {
    return (input - 1) * stride + Sizes.reach(size, dilation);
  }

  private static Result sampled(Shape picture, Shape places) {
    return places.channels() == 2
        ? Signature.make(picture.channels(), places.height(), places.width())
        : Signature.problem(
            "needs a picture and [2, rows, columns], but its branches give "
                + Sizes.list(List.of(picture, places)),
            "the second branch has the column and the row of each place");
  }

  private static Result product(Shape left, Shape right) {
    int channels = Math.max(left.channels(), right.channels());
    boolean good =
        left.width() == right.height()
            && repeats(left.channels(), channels)
            && repeats(right.channels(), channels);
    return good
        ? Signature.make(channels, left.height(), right.width())
        : Signature.problem(
            "needs [n, rows, inner] and [n, inner, columns], but its branches give "
                + Sizes.list(List.of(left, right)),
            "permute([0, 2, 1]) exchanges rows and columns");
  }
}
