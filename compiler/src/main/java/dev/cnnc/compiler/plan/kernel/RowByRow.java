package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Taps;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Kernels with nothing special: threads share rows of the output, each row by itself, and need no
 * scratch.
 */
public sealed interface RowByRow extends Kernel
    permits Depthwise, PlanarPool, Walk, RowByRow.Plain {

  @Override
  default int units(List<View> reads, View write) {
    return write.height();
  }

  @Override
  default int grain(int units) {
    return 1;
  }

  @Override
  default int scratch(List<View> reads, View write) {
    return 0;
  }

  @Override
  default long multiplications(List<View> reads, View write) {
    return 0;
  }

  @Override
  default Traffic traffic(List<View> reads, View write) {
    return Traffic.all(reads, write);
  }

  @Override
  default Shape whole(Shape output) {
    return output;
  }

  @Override
  default int listed(List<View> reads) {
    return 1;
  }

  /** Kernels that are described by their parameters alone. */
  sealed interface Plain extends RowByRow {}

  /** Windows are clamped: a halo is never read. */
  record Pool(Op.Reduction reduction, Window window, boolean countPadding) implements Plain {
    @Override
    public Traffic traffic(List<View> reads, View write) {
      View picture = reads.getFirst();
      Footprint read =
          new Footprint()
              .pixels(
                  picture,
                  Footprint.rows(window, write.height())
                      .filter(row -> row >= 0 && row < picture.height()),
                  Footprint.columns(window, write.width())
                      .filter(column -> column >= 0 && column < picture.width()),
                  picture.channels());
      return Traffic.of(read, new Footprint().all(write));
    }
  }

  record Pointwise(Activation function) implements Plain {}

  /** Weights: weight, bias. */
  record LayerNorm(double epsilon) implements Plain {}

  /** Weights: factor, shift. */
  record Scale(Activation function) implements Plain {}

  /** Weights: slope. */
  record Prelu() implements Plain {}

  /** {@code (first + second) * factor}. */
  record Add(double factor) implements Plain {}

  /** Where the second has one pixel it is repeated. */
  record Multiply() implements Plain {}

  /** Copies all pixels and channels, to {@code channel} and on, {@code row}, {@code column}. */
  record Copy(int channel, int row, int column) implements Plain {
    @Override
    public int units(List<View> reads, View write) {
      return reads.getFirst().height();
    }

    @Override
    public Traffic traffic(List<View> reads, View write) {
      return Traffic.all(reads, reads.getFirst());
    }
  }

  /** Copies the pixels, row by row, to pixel {@code first} of a row and on. */
  record Tokens(int first) implements Plain {
    @Override
    public int units(List<View> reads, View write) {
      return reads.getFirst().height();
    }

    @Override
    public Traffic traffic(List<View> reads, View write) {
      return Traffic.all(reads, reads.getFirst());
    }
  }

  /** Copies the pixels from {@code top}, {@code left} on. */
  record Crop(int top, int left) implements Plain {
    @Override
    public Traffic traffic(List<View> reads, View write) {
      return new Traffic(write.size(), write.size());
    }
  }

  record Shuffle(int groups) implements Plain {}

  record Upsample(int height, int width) implements Plain {}

  record Softmax(boolean logarithm) implements Plain {}

  record LocalResponseNorm(int size, double alpha, double beta, double k) implements Plain {}

  /** Reads nothing; weights: the tensor, channels last. */
  record Learned() implements Plain {}

  /** Zeroes the whole value. */
  record Clear() implements Plain {}

  /** Zeroes what lies around the value, where other values used that memory before. */
  record ClearHalo(Padding halo) implements Plain {
    @Override
    public int units(List<View> reads, View write) {
      return 1;
    }

    @Override
    public Traffic traffic(List<View> reads, View write) {
      Footprint written = new Footprint();
      int planes = write.plane() == 1 ? 1 : write.channels();
      for (int plane = 0; plane < planes; plane++) {
        int start = write.offset() + plane * write.plane() - halo.left() * write.pixel();
        written.run(start - halo.top() * write.line(), halo.top() * write.line());
        for (int row = 0; row < write.height(); row++) {
          int line = start + row * write.line();
          int end = line + (halo.left() + write.width()) * write.pixel();
          written.run(line, halo.left() * write.pixel()).run(end, halo.right() * write.pixel());
        }
        written.run(start + write.height() * write.line(), halo.bottom() * write.line());
      }
      return Traffic.of(new Footprint(), written);
    }
  }

  /** Two reads, whose sides of 1 are repeated. */
  record Combine(Operator operator) implements Plain {}

  /** Matrices in every channel; one channel is repeated. */
  record MatMul() implements Plain {
    @Override
    public long multiplications(List<View> reads, View write) {
      return (long) write.size() * reads.getFirst().width();
    }
  }

  /** Reads of a picture and the places in it; it may read every pixel. */
  record Sample() implements Plain {}

  /** Over the pixels along which the output has sides of 1, and perhaps over channels. */
  record Reduce(Reducer reducer, boolean channels) implements Plain {}

  /** Sums of products of rows and columns; where there are none, {@code outside}. */
  record Resample(Taps rows, Taps columns, double outside) implements Plain {
    @Override
    public Traffic traffic(List<View> reads, View write) {
      View picture = reads.getFirst();
      Footprint read =
          new Footprint().pixels(picture, places(rows), places(columns), picture.channels());
      return Traffic.of(read, new Footprint().all(write));
    }

    private static IntStream places(Taps taps) {
      return taps.lines().stream().flatMap(List::stream).mapToInt(Taps.Tap::place).distinct();
    }
  }

  /** Channels to squares of pixels, or back. */
  record PixelShuffle(int factor, boolean inverse) implements Plain {}

  /** Elements in the order channels, rows, columns; whole pixels if the channels stay. */
  record Reshape(boolean pixels) implements Plain {}
}
