package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.View;
import java.util.List;

/** Channels last to a vector in the order channels, rows, columns: one unit, never shared. */
public record Flatten() implements Kernel {

  @Override
  public int units(List<View> reads, View write) {
    return 1;
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
    return 0;
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    return Traffic.all(reads, write);
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
