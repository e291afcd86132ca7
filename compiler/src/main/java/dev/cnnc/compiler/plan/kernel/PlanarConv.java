package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/**
 * A conv of few channels to few outputs, from a planar value to a planar one, without a residual.
 * Weights: panels, bias.
 *
 * @param band rows that are computed before they are activated
 */
public record PlanarConv(int outputs, int band, Window window, Activation function)
    implements Kernel {
  /** Floats that stay in an L1 cache of 32 KiB beside what is read. */
  private static final int CACHED = 5 << 10;

  public static PlanarConv of(Op.Conv conv, Shape output) {
    int band = CACHED / (conv.filters() * output.width());
    return new PlanarConv(
        conv.filters(),
        Math.clamp(band, 2, Math.max(2, output.height())),
        conv.window(),
        conv.epilogue().activation());
  }

  /** Whether vectors of pixels are fuller than those of outputs, and rows not too short. */
  public static boolean fits(Op.Conv conv, Shape input, Shape output) {
    int width = output.width();
    return Reading.isListed(conv, input, output)
        && !conv.epilogue().residual()
        && conv.window().strideWidth() == 1
        && width >= Tile.OUTPUTS
        && (long) conv.filters() * Tile.padded(width) < (long) Tile.OUTPUTS * width;
  }

  @Override
  public int units(List<View> reads, View write) {
    return write.height();
  }

  @Override
  public int grain(int units) {
    return 1;
  }

  @Override
  public int scratch(List<View> reads, View write) {
    return 0;
  }

  @Override
  public long multiplications(List<View> reads, View write) {
    // Two rows of a band at a time, and an odd one twice.
    long rows =
        (long) write.height() / band * Math.ceilDiv(band, 2)
            + Math.ceilDiv(write.height() % band, 2);
    return 2 * rows * write.width() * outputs * window.taps() * reads.getFirst().channels();
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    View picture = reads.getFirst();
    Footprint read =
        new Footprint().windows(picture, window, write.height(), write.width(), picture.channels());
    return Traffic.of(read, new Footprint().all(write));
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
