package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/**
 * Group norm. Weights: weight, bias.
 *
 * @param size channels of a group
 * @param block channels that a thread works on: whole groups and, but for the last, vectors
 */
public record GroupNorm(int size, int block, double epsilon) implements Kernel {

  public static GroupNorm of(Computation.GroupNorm norm, int channels) {
    int size = channels / norm.groups();
    int block = size;
    while (block % Tile.OUTPUTS != 0 && block < channels) {
      block += size;
    }
    return new GroupNorm(size, block, norm.epsilon());
  }

  @Override
  public int units(List<View> reads, View write) {
    return Math.ceilDiv(write.channels(), block);
  }

  @Override
  public int grain(int units) {
    return 1;
  }

  /** A mean and a factor for each channel of a block. */
  @Override
  public int scratch(List<View> reads, View write) {
    return 2 * Tile.padded(block);
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
