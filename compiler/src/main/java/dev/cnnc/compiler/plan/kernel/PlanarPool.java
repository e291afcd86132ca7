package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import java.util.List;

/** A pool from a planar value to a planar one. */
public record PlanarPool(Op.Reduction reduction, Window window) implements RowByRow {
  /** Taps that are written out. */
  private static final int TAPS = 9;

  @Override
  public Traffic traffic(List<View> reads, View write) {
    View picture = reads.getFirst();
    Footprint read =
        new Footprint().windows(picture, window, write.height(), write.width(), picture.channels());
    return Traffic.of(read, new Footprint().all(write));
  }

  /** Whether windows are small, lie within the picture and move by one or two columns. */
  public static boolean fits(Window window, Shape input, Shape output) {
    return window.padding().equals(Padding.NONE)
        && window.strideWidth() <= 2
        && window.taps() <= TAPS
        && (output.height() - 1) * window.strideHeight() + window.reachHeight() <= input.height()
        && (output.width() - 1) * window.strideWidth() + window.reachWidth() <= input.width();
  }
}
