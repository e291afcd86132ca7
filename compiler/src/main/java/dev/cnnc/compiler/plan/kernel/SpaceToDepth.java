package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import java.util.List;

/**
 * What lies under a window's stride becomes one pixel, with zeros for what lies outside the
 * picture: channel {@code (c * strideHeight + i) * strideWidth + j} is channel c of row i, column
 * j. It is a step of the conv that reads it, and does none of that conv's multiply-adds.
 */
public record SpaceToDepth(Window window) implements Kernel {
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
  public double share() {
    return 0;
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
