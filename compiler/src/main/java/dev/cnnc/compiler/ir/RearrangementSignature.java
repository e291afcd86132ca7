package dev.cnnc.compiler.ir;

import dev.cnnc.compiler.ir.Signature.Result;
import java.util.List;

/** The part of {@link Signature} for {@link Rearrangement}. */
final class RearrangementSignature {

  private RearrangementSignature() {}

  static Result of(Rearrangement op, Shape in) {
    return switch (op) {
      case Rearrangement.Reshape(int channels, int height, int width) ->
          Sizes.product(channels, height, width) == in.size()
              ? Signature.make(channels, height, width)
              : Signature.problem(
                  "cannot make %,d elements of the %,d of %s"
                      .formatted(Sizes.product(channels, height, width), in.size(), in),
                  "the product of the sides must stay: [%d, 1, 1] has them all"
                      .formatted(in.size()));
      case Rearrangement.Permute(List<Integer> order) ->
          order.stream().sorted().toList().equals(List.of(0, 1, 2))
              ? Signature.make(in.side(order.get(0)), in.side(order.get(1)), in.side(order.get(2)))
              : Signature.problem(
                  "needs each of the axes 0, 1, 2 once, not " + order,
                  "0 are the channels, 1 the rows, 2 the columns: permute([2, 0, 1])");
    };
  }
}
