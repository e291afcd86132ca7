package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Taps;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.List;

/** Kernels of the ops that have files of their own; each is one method and its call. */
public sealed interface GeneralKernel extends Kernel.Family {

  /** Of two reads, whose sides of 1 are repeated. */
  record Combine(Operator operator) implements GeneralKernel {}

  /** Matrices in every channel; one channel is repeated. */
  record MatMul() implements GeneralKernel {}

  /** Over pixels, of which sides of 1 in the output tell, and perhaps over channels. */
  record Reduce(Reducer reducer, boolean channels) implements GeneralKernel {}

  /**
   * Weights: weight, bias.
   *
   * @param size channels of a group
   * @param block channels that a thread works on: whole groups and, but for the last, vectors
   */
  record GroupNorm(int size, int block, double epsilon) implements GeneralKernel {
    static GroupNorm of(Computation.GroupNorm norm, int channels) {
      int size = channels / norm.groups();
      int block = size;
      while (block % Tile.OUTPUTS != 0 && block < channels) {
        block += size;
      }
      return new GroupNorm(size, block, norm.epsilon());
    }

    /** Floats of scratch: a mean and a factor for each channel of a block. */
    int scratch() {
      return 2 * Tile.padded(block);
    }
  }

  /** Weights: for each tap and input the outputs of a group; bias. */
  record ConvTranspose(Window window, int groups) implements GeneralKernel {}

  /** Sums of products of rows and columns; where there are none, {@code outside}. */
  record Resample(Taps rows, Taps columns, double outside) implements GeneralKernel {}

  /** Channels to squares of pixels, or back. */
  record PixelShuffle(int factor, boolean inverse) implements GeneralKernel {}

  /**
   * What lies under a window's stride becomes one pixel, with zeros for what lies outside the
   * picture: channel {@code (c * strideHeight + i) * strideWidth + j} is channel c of row i, column
   * j. Its unit is a row.
   */
  record SpaceToDepth(Window window) implements GeneralKernel {}

  /** Elements in the order channels, rows, columns; whole pixels if the channels stay. */
  record Reshape(boolean pixels) implements GeneralKernel {}

  /**
   * Output axis i walks along axis {@code order[i]} of the input, from {@code starts[i]} on by
   * {@code steps[i]}; 0 are channels, 1 rows, 2 columns.
   */
  record Walk(List<Integer> order, List<Integer> starts, List<Integer> steps)
      implements GeneralKernel {
    public Walk {
      order = List.copyOf(order);
      starts = List.copyOf(starts);
      steps = List.copyOf(steps);
    }

    static Walk permuted(List<Integer> order) {
      return new Walk(order, List.of(0, 0, 0), List.of(1, 1, 1));
    }

    static Walk taken(Rearrangement.Take take) {
      List<Integer> starts = new ArrayList<>(List.of(0, 0, 0));
      List<Integer> steps = new ArrayList<>(List.of(1, 1, 1));
      starts.set(take.axis(), take.from());
      steps.set(take.axis(), take.step());
      return new Walk(List.of(0, 1, 2), starts, steps);
    }

    /** Where in the arena it begins. */
    public int start(View read) {
      int start = read.offset();
      for (int axis = 0; axis < 3; axis++) {
        start += starts.get(axis) * distance(read, axis);
      }
      return start;
    }

    /** Floats from one element to the next along an axis of the output. */
    public int step(View read, int axis) {
      return steps.get(axis) * distance(read, axis);
    }

    private int distance(View read, int axis) {
      return switch (order.get(axis)) {
        case 0 -> 1;
        case 1 -> read.line();
        default -> read.pixel();
      };
    }
  }
}
