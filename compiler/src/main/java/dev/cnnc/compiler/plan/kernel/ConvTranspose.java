package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/** Transposed conv. Weights: for each tap and input the outputs of a group; bias. */
public record ConvTranspose(Window window, int groups) implements Kernel {
  /** Pixels of one row, a stride apart, that share each load of weights. */
  public static final int TOGETHER = 4;

  @Override
  public int units(List<View> reads, View write) {
    return write.height();
  }

  @Override
  public int grain(int units) {
    return 1;
  }

  /** The accumulators of a group's outputs, of some pixels. */
  @Override
  public int scratch(List<View> reads, View write) {
    return TOGETHER * Tile.padded(write.channels() / groups);
  }

  @Override
  public double share() {
    return 1;
  }

  @Override
  public Shape whole(Shape output) {
    return output;
  }

  @Override
  public int listed(List<View> reads) {
    return 1;
  }
}
