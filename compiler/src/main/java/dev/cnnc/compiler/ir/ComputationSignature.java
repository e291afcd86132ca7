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
      case Computation.Reduce(var _, Axes axes) ->
          Signature.make(
              axes.channels() ? 1 : in.getFirst().channels(),
              axes.rows() ? 1 : in.getFirst().height(),
              axes.columns() ? 1 : in.getFirst().width());
      case Computation.GroupNorm norm -> normalised(norm, in.getFirst());
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
