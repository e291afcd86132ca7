package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;

/**
 * A conv with one filter a channel. Reads, weights: as {@link TiledConv}.
 *
 * @param strips whether rows are so long, and columns of the window side by side, that pixels of a
 *     row share what they read
 */
public record Depthwise(Window window, boolean strips, Epilogue epilogue) implements RowByRow {
  /** Pixels of a row from which on strips are as long at every width. */
  public static final int SHORTEST = 7;

  /** Taps that stay in registers beside the accumulators of two rows. */
  private static final int BLOCK_TAPS = 9;

  public static Depthwise of(Op.Conv conv, Shape output) {
    boolean strips = output.width() >= SHORTEST && conv.window().dilationWidth() == 1;
    return new Depthwise(conv.window(), strips, conv.epilogue());
  }

  /** Whether results are stored activated; a longer activation is a loop of its own. */
  public boolean finishesInRegisters() {
    return ShortEpilogue.is(epilogue);
  }

  /**
   * Pixels of a strip at so many lanes: accumulators, one row of taps and one pixel in 32 registers
   * at 512 bits, in 16 below.
   */
  public int strip(int lanes) {
    return lanes == 16 ? SHORTEST : 4;
  }

  /** Whether two rows are computed at once, all taps in registers, at so many lanes. */
  public boolean inBlocks(int lanes) {
    return lanes == 16 && window.taps() <= BLOCK_TAPS && !epilogue.residual();
  }
}
