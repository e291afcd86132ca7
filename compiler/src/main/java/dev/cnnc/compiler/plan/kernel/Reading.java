package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Tile;

/** How a conv reads pixels and weights, which decides its tiles, and so how weights lie. */
public enum Reading {
  /** Runs of channels. */
  RUNS(Tile.Use.CONV),

  /** One by one, as a list says: channels are so few that runs would be short. */
  LISTED(Tile.Use.CONV),

  /**
   * Runs of channels, for so few pixels and by so many weights that most of the first tile's time
   * is waiting for memory, and tiles are few.
   */
  STREAMED(Tile.Use.STREAMED_CONV);

  /** Weights that an L2 cache of a megabyte does not keep until the next pixels want them. */
  static final int LARGE = 1 << 19;

  /** Pixels of which a whole tile is a large part: 7x7 and 8x8. */
  private static final int FEW_PIXELS = 64;

  private final Tile.Use use;

  Reading(Tile.Use use) {
    this.use = use;
  }

  /** Of a conv without groups. */
  public static Reading of(Op.Conv conv, Shape input, Shape output) {
    if (isListed(conv, input, output)) {
      return LISTED;
    }
    return weights(conv, input) >= LARGE && output.pixels() <= FEW_PIXELS ? STREAMED : RUNS;
  }

  /** Whether a conv of any kind reads as {@link #LISTED} says. */
  public static boolean isListed(Op.Conv conv, Shape input, Shape output) {
    return conv.groups() == 1
        && input.channels() < Tile.OUTPUTS
        && !conv.isDepthwise()
        && !conv.window().isOnePixel()
        && !Fc.seesAll(conv, input, output);
  }

  /** Weights of a conv without groups. */
  static long weights(Op.Conv conv, Shape input) {
    return (long) conv.filters() * input.channels() * conv.window().taps();
  }

  /** The tiles of its sums. */
  public Tile.Use use() {
    return use;
  }
}
