package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/** A conv with one filter a channel. Reads, weights: as {@link TiledConv}. */
public record Depthwise(Window window, Form form, Epilogue epilogue) implements RowByRow {

  /** How pixels share what they read. */
  public enum Form {
    /** Not at all: windows of any kind, rows of any length. */
    PIXELS,
    /** Pixels of a strip of a row, all channels of one strip before the next. */
    STRIPS,
    /** All pixels of a row, one vector of channels after the other, with the taps in registers. */
    SLIDING
  }

  /** Pixels of a row from which on strips are as long at every width. */
  public static final int SHORTEST = 7;

  /** Pixels of a strip but at 512 bits; the last one begins earlier if it does not fit. */
  static final int STRIP = 4;

  /** Taps that stay in 32 registers beside the accumulators of two rows. */
  private static final int TAPS_OF_TWO_ROWS = 9;

  /** Taps that stay in 32 registers beside the accumulators of a row. */
  private static final int TAPS_OF_A_ROW = 25;

  /** Pixels of a row from which on the first columns of a large window do not matter. */
  private static final int LONG = 16;

  public static Depthwise of(Op.Conv conv, Shape output) {
    return new Depthwise(conv.window(), form(conv, output), conv.epilogue());
  }

  private static Form form(Op.Conv conv, Shape output) {
    Window window = conv.window();
    if (output.width() < SHORTEST || window.dilationWidth() > 1) {
      return Form.PIXELS;
    }
    boolean dense = window.isDense() && window.strideHeight() == 1 && window.strideWidth() == 1;
    boolean few =
        window.taps() <= TAPS_OF_TWO_ROWS
            || (window.taps() <= TAPS_OF_A_ROW && output.width() >= LONG);
    return dense && few && !conv.epilogue().residual() ? Form.SLIDING : Form.STRIPS;
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
    return lanes == 16 ? SHORTEST : STRIP;
  }

  /** Whether two rows of strips are computed at once, all taps in registers where they fit. */
  public boolean inBlocks() {
    return window.taps() <= TAPS_OF_TWO_ROWS && !epilogue.residual();
  }

  /** Rows that slide at once and share what they read. */
  public int slidingRows() {
    return window.taps() <= TAPS_OF_TWO_ROWS ? 2 : 1;
  }

  /** The columns that slide beyond the last pixel of a row are multiplied, too. */
  @Override
  public long multiplications(List<View> reads, View write) {
    long products =
        switch (form) {
          case PIXELS, STRIPS -> (long) Math.ceilDiv(write.width(), STRIP) * STRIP * window.width();
          case SLIDING ->
              (long) write.width() * window.width() + window.width() * (window.width() - 1) / 2;
        };
    return write.height() * products * window.height() * Tile.padded(write.channels());
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    return Traffic.conv(reads, write, window, Tile.padded(write.channels()), epilogue);
  }

  @Override
  public int grain(int units) {
    return form == Form.SLIDING ? slidingRows() : 1;
  }
}
