package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Layout;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/**
 * A grouped conv with as many outputs as channels in each group, in rows of seven pixels or more.
 * Reads, weights: as {@link TiledConv}.
 *
 * @param size channels of a group: 2, 4, 8 or a multiple of 16
 * @param band rows of outputs that are worked on at once
 */
public record GroupedStrips(Window window, int size, int band, Epilogue epilogue)
    implements Kernel {
  /** Pixels of a row at least, so that strips are as long at every width. */
  public static final int SHORTEST = Depthwise.SHORTEST;

  /** Columns of a window whose taps two vectors keep in registers. */
  private static final int WIDE_TAPS = 3;

  public static boolean fit(Op.Conv conv, Shape input, Shape output) {
    int size = input.channels() / conv.groups();
    return conv.filters() == input.channels()
        && input.channels() % Tile.OUTPUTS == 0
        && (size < Tile.OUTPUTS
            ? size > 1 && Tile.OUTPUTS % size == 0
            : size % Tile.OUTPUTS == 0
                && conv.window().width() > 1
                && conv.window().dilationWidth() == 1)
        && output.width() >= SHORTEST
        && output.width() <= BLOCK;
  }

  public static GroupedStrips of(Op.Conv conv, Shape input, Shape output) {
    int size = input.channels() / conv.groups();
    int span = Layout.Panels.isButterfly(size) ? input.channels() : Tile.OUTPUTS;
    return new GroupedStrips(
        conv.window(), size, GroupedConv.band(conv, span, output), conv.epilogue());
  }

  /**
   * Whether two vectors of 16 outputs read the same channels, and their taps are few. From five
   * columns on two at once were slower at a stride of 2, at last by spills.
   */
  public boolean isWide() {
    return size % (2 * Tile.OUTPUTS) == 0 && window.width() <= WIDE_TAPS;
  }

  /** Whether a vector of 16 outputs spans several groups. */
  public boolean isButterfly() {
    return Layout.Panels.isButterfly(size);
  }

  /** Whether results are stored from registers: the epilogue is short and reads no residual. */
  public boolean finishesInRegisters() {
    return !epilogue.residual() && ShortEpilogue.is(epilogue);
  }

  @Override
  public int units(List<View> reads, View write) {
    return write.height();
  }

  @Override
  public int grain(int units) {
    return 1;
  }

  /** The accumulators of a row, of two vectors of outputs. */
  @Override
  public int scratch(List<View> reads, View write) {
    return BLOCK * 2 * Tile.OUTPUTS;
  }

  @Override
  public long multiplications(List<View> reads, View write) {
    int strip = isButterfly() ? Math.min(8 / size, SHORTEST) : Depthwise.STRIP;
    long pixels = (long) write.height() * Math.ceilDiv(write.width(), strip) * strip;
    return pixels * write.channels() * window.taps() * size;
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    return Traffic.conv(reads, write, window, reads.getFirst().channels(), epilogue);
  }

  @Override
  public Shape whole(Shape output) {
    return output;
  }

  @Override
  public int listed(List<View> reads) {
    return isButterfly() ? window.taps() : 1;
  }
}
