package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import java.util.List;

/**
 * A conv with a window of one pixel, by seven products for eight after Strassen. Reads, weights: as
 * {@link TiledConv}.
 */
public record StrassenConv(Window window, Epilogue epilogue) implements Kernel {
  /** Pairs of pixels in a block. */
  public static final int PAIRS = BLOCK / 2;

  /** Floats of one product of a block's pairs with the widest panel. */
  public static final int SUMS = PAIRS * WIDEST;

  /** Products that are alive at once. */
  public static final int PRODUCTS = 3;

  /** Floats between two mixtures of pixels. */
  public static final int APART = 16;

  @Override
  public int units(List<View> reads, View write) {
    return Math.max(1, write.height() * write.width() / UNIT);
  }

  @Override
  public int grain(int units) {
    return BLOCK / UNIT;
  }

  /** The products, and four mixtures of a block's pixels. */
  @Override
  public int scratch(List<View> reads, View write) {
    return PRODUCTS * SUMS + 4 * (PAIRS * (reads.getFirst().channels() / 2) + APART);
  }

  @Override
  public long multiplications(List<View> reads, View write) {
    int pairs = Math.ceilDiv(write.height() * write.width(), 2);
    return 7L * pairs * (reads.getFirst().channels() / 2) * (write.channels() / 2);
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
    return PAIRS;
  }
}
