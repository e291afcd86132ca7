package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/**
 * A conv from a planar value to no more outputs than a vector has. Sums run channel by channel, as
 * weights do. Reads, weights: as {@link TiledConv}.
 *
 * @param strip pixels of a row whose sums are in registers at once
 */
public record StripConv(int strip, Window window, Epilogue epilogue) implements Kernel {
  /** Registers of 512 bits; one stays free, because C2 spilled at 32. */
  private static final int REGISTERS = 31;

  /** Strips of about the same length: for each pixel a sum, and all that a row of them reads. */
  public static StripConv of(Op.Conv conv, Shape output) {
    int longest = (REGISTERS + 1) / 2 - conv.window().width();
    int strips = Math.ceilDiv(output.width(), longest);
    return new StripConv(Math.ceilDiv(output.width(), strips), conv.window(), conv.epilogue());
  }

  public static boolean fits(Op.Conv conv, Shape input, Shape output) {
    Window window = conv.window();
    return Reading.isListed(conv, input, output)
        && conv.filters() <= Tile.OUTPUTS
        && window.width() > 1
        && window.width() <= 7
        && window.strideWidth() == 1
        && window.dilationWidth() == 1
        && output.width() <= BLOCK;
  }

  @Override
  public int units(List<View> reads, View write) {
    return write.height();
  }

  @Override
  public int grain(int units) {
    return 1;
  }

  /** The accumulators of a block. */
  @Override
  public int scratch(List<View> reads, View write) {
    return BLOCK * Tile.OUTPUTS;
  }

  @Override
  public long multiplications(List<View> reads, View write) {
    return Kernel.sums(write, (long) window.taps() * reads.getFirst().channels());
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
    return window.taps() * reads.getFirst().channels();
  }
}
