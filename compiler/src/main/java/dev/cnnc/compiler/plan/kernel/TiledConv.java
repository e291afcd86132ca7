package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/**
 * A conv by register tiles. Reads: the picture, then the residual if the epilogue adds one, then
 * the gate if the prologue is one. Weights: panels, bias, then the prologue's.
 *
 * @param prologue {@link Prologue.None} but for windows of one pixel that read in runs
 * @param block output pixels that one pass over the weights serves, a multiple of {@link #UNIT}
 */
public record TiledConv(
    Window window, Reading reading, Prologue prologue, Epilogue epilogue, int block)
    implements Kernel {

  /** For a conv that sees {@code input}. */
  public static TiledConv of(
      Op.Conv conv, Reading reading, Prologue prologue, Shape input, Shape output) {
    return new TiledConv(
        conv.window(), reading, prologue, conv.epilogue(), block(conv, input, output));
  }

  /**
   * Many weights come from memory every time, so they are worth larger blocks, whose pixels L2 may
   * not keep.
   */
  private static int block(Op.Conv conv, Shape input, Shape output) {
    int most = Reading.weights(conv, input) >= Reading.LARGE ? PLACES : BLOCK;
    return Kernel.block(output.pixels(), most, UNIT);
  }

  /** Whether results are stored from registers: the input is one run, and the epilogue short. */
  public boolean finishesInRegisters() {
    return (reading == Reading.LISTED || window.taps() == 1) && ShortEpilogue.is(epilogue);
  }

  @Override
  public int units(List<View> reads, View write) {
    return Math.ceilDiv(write.height() * write.width(), UNIT);
  }

  /** At most half of a large block, which two threads share. */
  @Override
  public int grain(int units) {
    return Math.min(block, BLOCK) / UNIT;
  }

  /** With a prologue the accumulators of a unit, and the prepared pixels of a block. */
  @Override
  public int scratch(List<View> reads, View write) {
    int channels = Tile.padded(reads.getFirst().channels());
    return switch (prologue) {
      case Prologue.None() -> 0;
      case Prologue.Scale _, Prologue.Gate _ ->
          Math.addExact(UNIT_SUMS, Math.multiplyExact(block, channels));
    };
  }

  @Override
  public long multiplications(List<View> reads, View write) {
    return Kernel.sums(write, (long) window.taps() * reads.getFirst().channels());
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    View picture = reads.getFirst();
    Footprint read =
        new Footprint().windows(picture, window, write.height(), write.width(), picture.channels());
    return Traffic.conv(
        prologue instanceof Prologue.Gate ? read.all(reads.getLast()) : read,
        reads,
        write,
        epilogue);
  }

  @Override
  public Shape whole(Shape output) {
    return output;
  }

  @Override
  public int listed(List<View> reads) {
    return switch (prologue) {
      case Prologue.None() ->
          switch (reading) {
            case LISTED -> window.taps() * reads.getFirst().channels();
            case RUNS, STREAMED -> window.taps();
          };
      case Prologue.Scale _, Prologue.Gate _ -> 1;
    };
  }
}
