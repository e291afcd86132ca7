package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Layout;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/**
 * A conv with one output pixel and the whole input under its window. Reads, weights: as {@link
 * TiledConv}.
 *
 * @param storage of the weights in memory
 */
public record Fc(Storage storage, Epilogue epilogue) implements Kernel {

  /** Whether a conv is an fc: its only window is the whole picture. */
  public static boolean seesAll(Op.Conv conv, Shape input, Shape output) {
    Window window = conv.window();
    return window.height() == input.height()
        && window.width() == input.width()
        && window.padding().equals(Padding.NONE)
        && output.isVector();
  }

  @Override
  public int units(List<View> reads, View write) {
    return Math.ceilDiv(write.channels(), Tile.FC_BLOCK);
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
    int outputs =
        switch (storage) {
          case F32 -> Tile.padded(write.channels());
          case F16, BF16 ->
              Math.ceilDiv(write.channels(), Layout.Halves.OUTPUTS) * Layout.Halves.OUTPUTS;
        };
    return (long) outputs * reads.getFirst().size();
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    return Traffic.conv(new Footprint().all(reads.getFirst()), reads, write, epilogue);
  }

  @Override
  public Shape whole(Shape output) {
    return output;
  }

  @Override
  public int listed(List<View> reads) {
    return reads.getFirst().height() * reads.getFirst().width();
  }
}
