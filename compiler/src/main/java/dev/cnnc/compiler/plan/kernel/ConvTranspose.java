package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;
import java.util.stream.IntStream;

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
  public long multiplications(List<View> reads, View write) {
    View read = reads.getFirst();
    long pairs = rows(read, write).count() * columns(read, write).count();
    return pairs * read.channels() * Tile.padded(write.channels() / groups);
  }

  /** The row of the input for each pair of an output row and a tap that meet one. */
  private IntStream rows(View read, View write) {
    return met(
        write.height(),
        window.padding().top(),
        window.height(),
        window.dilationHeight(),
        window.strideHeight(),
        read.height());
  }

  private IntStream columns(View read, View write) {
    return met(
        write.width(),
        window.padding().left(),
        window.width(),
        window.dilationWidth(),
        window.strideWidth(),
        read.width());
  }

  private static IntStream met(
      int outputs, int before, int taps, int dilation, int stride, int inputs) {
    return IntStream.range(0, outputs)
        .flatMap(output -> IntStream.range(0, taps).map(tap -> output + before - tap * dilation))
        .filter(place -> place >= 0 && place % stride == 0 && place / stride < inputs)
        .map(place -> place / stride);
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    View picture = reads.getFirst();
    IntStream rows = rows(picture, write).distinct();
    IntStream columns = columns(picture, write).distinct();
    Footprint read = new Footprint().pixels(picture, rows, columns, picture.channels());
    return Traffic.of(read, new Footprint().all(write));
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
