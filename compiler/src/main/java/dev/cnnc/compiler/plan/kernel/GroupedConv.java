package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A grouped conv in blocks of 16 outputs that read only their groups' channels. Reads, weights: as
 * {@link TiledConv}.
 *
 * @param span channels that a block reads
 * @param band rows of outputs whose channels are copied side by side at once
 */
public record GroupedConv(Window window, int groups, int span, int band, Epilogue epilogue)
    implements Kernel {
  /** Floats of a copy that stays in an L2 cache beside all else. */
  private static final int CACHED = 1 << 16;

  public static GroupedConv of(Op.Conv conv, int span, Shape output) {
    return new GroupedConv(
        conv.window(), conv.groups(), span, band(conv, span, output), conv.epilogue());
  }

  /** Rows of outputs whose input channels a cache keeps. */
  static int band(Op.Conv conv, int span, Shape output) {
    Window window = conv.window();
    int rows = CACHED / (columns(window, output.width()) * span);
    int band = (rows - window.reachHeight()) / window.strideHeight() + 1;
    return Math.clamp(band, 1, output.height());
  }

  /** Columns that a row of outputs reads. */
  private static int columns(Window window, int width) {
    return (width - 1) * window.strideWidth() + window.reachWidth();
  }

  @Override
  public int units(List<View> reads, View write) {
    return write.height();
  }

  @Override
  public int grain(int units) {
    return 1;
  }

  /** A unit's accumulators, a band, and what the last vector writes behind it. */
  @Override
  public int scratch(List<View> reads, View write) {
    int columns = columns(window, write.width());
    int rows = (band - 1) * window.strideHeight() + window.reachHeight();
    return Math.addExact(
        UNIT_SUMS + Tile.OUTPUTS, Math.multiplyExact(Math.multiplyExact(rows, columns), span));
  }

  @Override
  public long multiplications(List<View> reads, View write) {
    return Kernel.sums(write, (long) window.taps() * span);
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    // A band copies all rows and columns between the first and the last that it reads.
    View picture = reads.getFirst();
    int top = window.padding().top();
    int left = window.padding().left();
    Footprint read = new Footprint();
    for (int row = 0; row < write.height(); row += band) {
      int rows = Math.min(band, write.height() - row);
      int first = row * window.strideHeight() - top;
      int lines = (rows - 1) * window.strideHeight() + window.reachHeight();
      read.pixels(
          picture,
          IntStream.range(first, first + lines),
          IntStream.range(-left, columns(window, write.width()) - left),
          picture.channels());
    }
    return Traffic.conv(read, reads, write, epilogue);
  }

  @Override
  public Shape whole(Shape output) {
    return output;
  }

  @Override
  public int listed(List<View> reads) {
    return window.taps();
  }
}
