package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/**
 * What a step runs. One record is one kind of kernel in the emitted class, however many layers
 * share it; what differs between layers (places, windows) are its arguments.
 *
 * <p>The facts have no default: a new kernel states each, or is a {@link RowByRow}, which states
 * that there is nothing special about it.
 */
public sealed interface Kernel
    permits RowByRow,
        TiledConv,
        WinogradConv,
        Fc,
        Attention,
        Flatten,
        GroupNorm,
        SpaceToDepth,
        PlanarConv,
        StripConv,
        GroupedConv,
        GroupedStrips,
        ConvTranspose {

  /** Output pixels of most blocks: whole tiles at every width. */
  int BLOCK = 120;

  /** Output pixels of the largest block: as many places a worker can list. */
  int PLACES = 240;

  /** Places of a block's windows, results and residuals, before the list of runs or reads. */
  int SEGMENTS = 3 * PLACES;

  /** Output pixels that threads share convs in: whole tiles at every width. */
  int UNIT = 24;

  /** Outputs of the widest tile: four vectors of 16. */
  int WIDEST = 64;

  /** Floats of accumulators of a unit, the odd pixel behind it, and the widest tile's outputs. */
  int UNIT_SUMS = (UNIT + 1) * WIDEST;

  /** Parts that threads share a step in. */
  int units(List<View> reads, View write);

  /** Units that are best taken together, because they read weights or transform pixels once. */
  int grain(int units);

  /** Floats of scratch that a worker needs for itself; 0 if the accumulators of a unit suffice. */
  int scratch(List<View> reads, View write);

  /**
   * Multiply-adds of sums of products, as the kernels without vectors do them on one thread.
   * Outputs are padded to whole vectors, windows see zeros, and the last strip of a row overlaps
   * the one before. What a transform, an activation or a norm multiplies does not count.
   */
  long multiplications(List<View> reads, View write);

  /** The floats of activations that it reads and writes. */
  Traffic traffic(List<View> reads, View write);

  /** Multiply-adds of a sum for every output, channels padded to whole vectors. */
  static long sums(View write, long reduction) {
    return (long) write.height() * write.width() * Tile.padded(write.channels()) * reduction;
  }

  /**
   * Pixels or tiles in a block, a multiple of {@code whole}. Blocks are about as large as each
   * other, because each one reads all weights.
   *
   * @param most in a block, before it is rounded up
   */
  static int block(int items, int most, int whole) {
    int blocks = Math.ceilDiv(items, most);
    return Math.ceilDiv(Math.ceilDiv(items, blocks), whole) * whole;
  }

  /** {@code output} as if every tile were whole: a conv reads the windows of all these pixels. */
  Shape whole(Shape output);

  /** Entries of the list of runs or reads that a worker keeps, 1 at least. */
  int listed(List<View> reads);
}
