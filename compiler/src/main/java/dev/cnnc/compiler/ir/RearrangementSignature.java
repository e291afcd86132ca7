package dev.cnnc.compiler.ir;

import dev.cnnc.compiler.ir.Signature.Result;
import java.util.List;
import java.util.Locale;

/** The part of {@link Signature} for {@link Rearrangement}. */
final class RearrangementSignature {

  private RearrangementSignature() {}

  static Result of(Rearrangement op, Shape in) {
    return switch (op) {
      case Rearrangement.Reshape(int channels, int height, int width) ->
          Sizes.product(channels, height, width) == in.size()
              ? Signature.make(channels, height, width)
              : Signature.problem(
                  String.format(
                      Locale.ROOT,
                      "cannot make %,d elements of the %,d of %s",
                      Sizes.product(channels, height, width),
                      in.size(),
                      in),
                  "the product of the sides must stay: [%s, 1, 1] has them all"
                      .formatted(in.size()));
      case Rearrangement.Permute(List<Integer> order) ->
          order.stream().sorted().toList().equals(List.of(0, 1, 2))
              ? Signature.make(in.side(order.get(0)), in.side(order.get(1)), in.side(order.get(2)))
              : Signature.problem(
                  "needs each of the axes 0, 1, 2 once, not " + order,
                  "0 are the channels, 1 the rows, 2 the columns: permute([2, 0, 1])");
      case Rearrangement.PixelShuffle(int factor) -> shuffled(factor, in);
      case Rearrangement.PixelUnshuffle(int factor) ->
          in.height() % factor == 0 && in.width() % factor == 0
              ? Signature.make(
                  (long) in.channels() * factor * factor, in.height() / factor, in.width() / factor)
              : Signature.problem(
                  "needs sides that are multiples of %s, but has %sx%s pixels"
                      .formatted(factor, in.height(), in.width()),
                  "zeropad adds the missing ones");
      case Rearrangement.Take take -> taken(take, in);
      case Rearrangement.Border border -> bordered(border, in);
      case Rearrangement.Resize(var rows, var columns, _) ->
          rows.factor() > 0 && columns.factor() > 0
              ? Signature.make(in.channels(), rows.length(), columns.length())
              : Signature.problem("needs a factor above 0");
    };
  }

  private static Result taken(Rearrangement.Take take, Shape in) {
    int side = in.side(take.axis());
    long last = take.from() + (take.count() - 1L) * take.step();
    if (Math.min(take.from(), last) < 0 || Math.max(take.from(), last) >= side) {
      return Signature.problem(
          "cannot take %s from %s on by %s of %s along axis %s"
              .formatted(take.count(), take.from(), take.step(), side, take.axis()));
    }
    return Signature.make(
        take.axis() == 0 ? take.count() : in.channels(),
        take.axis() == 1 ? take.count() : in.height(),
        take.axis() == 2 ? take.count() : in.width());
  }

  private static Result bordered(Rearrangement.Border border, Shape in) {
    Padding pixels = border.pixels();
    int vertical = Math.max(pixels.top(), pixels.bottom());
    int horizontal = Math.max(pixels.left(), pixels.right());
    int most =
        switch (border.mode()) {
          case REFLECT -> 1;
          case WRAP -> 0;
          case CONSTANT, EDGE -> Integer.MIN_VALUE / 2;
        };
    if (vertical > in.height() - most || horizontal > in.width() - most) {
      return Signature.problem(
          "cannot %s more pixels than %sx%s has"
              .formatted(border.mode().name().toLowerCase(Locale.ROOT), in.height(), in.width()),
          "pad less, or with mode: edge");
    }
    return Signature.make(
        in.channels(),
        (long) in.height() + pixels.top() + pixels.bottom(),
        (long) in.width() + pixels.left() + pixels.right());
  }

  private static Result shuffled(int factor, Shape in) {
    long square = (long) factor * factor;
    return in.channels() % square == 0
        ? Signature.make(
            in.channels() / square, (long) in.height() * factor, (long) in.width() * factor)
        : Signature.problem(
            String.format(
                Locale.ROOT,
                "needs a multiple of %,d channels, but has %,d",
                square,
                in.channels()),
            "the conv before it has factor * factor times the filters that are wanted behind it");
  }
}
