package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Tile;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a conv of 3 by 3 is worth Winograd's F(m x m, 3 x 3), which makes m x m outputs of (m +
 * 2)^2 products: for tiles of 4 a quarter of the multiplications, for four times the weights.
 *
 * <p>Costs are in multiply-adds. A weight that is read once costs as much as eight: that is the
 * balance of 60 to 130 billion multiply-adds and 20 to 42 GB a second on one core.
 *
 * @param tile output pixels a side: 2 or 4
 */
record Winograd(int tile) {

  /** Multiply-adds in the time that one weight takes from memory. */
  private static final double WEIGHT = 8;

  /** Multiply-adds in the time that one element takes through a transform, in or out. */
  private static final double TRANSFORM = 6;

  /** Floats of transformed pixels that a block holds: half of an L2 cache of a megabyte. */
  private static final int CACHED = 1 << 17;

  /** Tiles in a block: the weights of a product are read once for each. */
  private static final int FEWEST = 48;

  private static final int MOST = 96;

  /** The cheaper tile, if either is cheaper than plain sums. */
  static Optional<Winograd> of(Op.Conv conv, Shape input, Shape output, boolean exact) {
    if (exact || !applies(conv, input)) {
      return Optional.empty();
    }
    double plain = (9.0 * (output.pixels() + 2) + 9 * WEIGHT) * input.channels() * conv.filters();
    return Stream.of(new Winograd(2), new Winograd(4))
        .filter(one -> one.cost(conv, input, output) < plain)
        .min(Comparator.comparingDouble(one -> one.cost(conv, input, output)));
  }

  private static boolean applies(Op.Conv conv, Shape input) {
    return conv.window().isDense(3) && conv.groups() == 1 && input.channels() >= Tile.OUTPUTS;
  }

  private double cost(Op.Conv conv, Shape input, Shape output) {
    double products = (double) side() * side();
    double sums = products * (tiles(output) + 2) * input.channels() * conv.filters();
    double weights = products * WEIGHT * input.channels() * conv.filters();
    double transforms =
        products * TRANSFORM * tiles(output) * (input.channels() + Tile.padded(conv.filters()));
    return sums + weights + transforms;
  }

  /** Input pixels a side. */
  int side() {
    return tile + 2;
  }

  /** Tiles that cover an output. */
  int tiles(Shape output) {
    return Math.ceilDiv(output.height(), tile) * Math.ceilDiv(output.width(), tile);
  }

  /** Tiles that a worker transforms before it multiplies: whole tiles of every kernel. */
  int block(int channels) {
    int cached = CACHED / (side() * side() * Tile.padded(channels)) / 24 * 24;
    return Math.clamp(cached, FEWEST, MOST);
  }

  /** The outputs as if all tiles were whole: what the transforms read beyond the edge. */
  Shape whole(Shape output) {
    return new Shape(
        output.channels(),
        Math.ceilDiv(output.height(), tile) * tile,
        Math.ceilDiv(output.width(), tile) * tile);
  }
}
