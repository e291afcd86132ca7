package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
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
  public double share() {
    return 1;
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
