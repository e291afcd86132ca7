package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.MinimalLine;
import dev.cnnc.compiler.plan.kernel.Reading;
import dev.cnnc.compiler.plan.kernel.Winograd;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a conv that strides over a picture of few channels reads it as squares: {@code
 * strideHeight} by {@code strideWidth} pixels of the picture are one pixel of that many times the
 * channels, and the window, which then moves by one, covers a square with each tap. A window of 7x7
 * at a stride of 2 over 3 channels is one of 4x4 over 12: a third more of multiply-adds, of which
 * {@link Winograd} leaves a sixth.
 *
 * @param window of the conv
 * @param squares what is read then, {@code [channels, rows, columns]}: with the padding, and as far
 *     as whole tiles reach
 * @param winograd over the squares
 */
record SpaceToDepthConv(Window window, Shape squares, Winograd winograd) {

  /** Fewest channels for which Winograd saves more than loading and storing accumulators costs. */
  private static final int FEWEST = 12;

  /** Multiply-adds in the time that a float takes to its square. */
  private static final double COPY = 16;

  /** Where a conv finds its squares. */
  record Placed(SpaceToDepthConv how, View squares) {}

  /**
   * The way over squares of {@code conv}, if its window allows it.
   *
   * @param input a value of so few channels that a conv lists what it reads
   */
  static Optional<SpaceToDepthConv> of(Op.Conv conv, Shape input, Shape output) {
    Window window = conv.window();
    int channels = input.channels() * window.strideHeight() * window.strideWidth();
    if (!Reading.isListed(conv, input, output)
        || channels == input.channels()
        || channels < FEWEST
        || window.isDilated()) {
      return Optional.empty();
    }
    Window taps =
        Window.of(
            Math.ceilDiv(window.height(), window.strideHeight()),
            Math.ceilDiv(window.width(), window.strideWidth()));
    return Winograd.cheapest(taps, channels, output)
        .map(one -> new SpaceToDepthConv(window, squares(one, channels, output), one));
  }

  /** Multiply-adds of the copy and of the conv. */
  double cost(Shape output) {
    return COPY * squares.size() + winograd.cost(squares.channels(), output);
  }

  private static Shape squares(Winograd winograd, int channels, Shape output) {
    Shape whole = winograd.whole(output);
    return new Shape(
        channels,
        whole.height() + winograd.window().height() - 1,
        whole.width() + winograd.window().width() - 1);
  }

  /** The transformed weights, {@code [outputs, channels of squares, products]}. */
  Recipe weights(Op.Conv conv) {
    List<Integer> shape = conv.weight().shape();
    MinimalLine down = winograd.down();
    MinimalLine across = winograd.across();
    // Rows of each phase, then columns of each: [outputs, channels, i, row, j, column].
    Recipe transformed =
        new Recipe.Winograd(
            conv.weight(),
            spread(down, window.strideHeight(), window.height()),
            spread(across, window.strideWidth(), window.width()));
    Recipe apart =
        new Recipe.Reshaped(
            transformed,
            List.of(
                shape.get(0),
                shape.get(1),
                window.strideHeight(),
                down.weights(),
                window.strideWidth(),
                across.weights()));
    return new Recipe.Reshaped(
        new Recipe.Transposed(apart, 3),
        List.of(shape.get(0), squares.channels(), winograd.weights()));
  }

  /** The line's matrix for each of the phases, whose taps lie {@code stride} apart. */
  private static List<Double> spread(MinimalLine line, int stride, int taps) {
    List<Double> matrix = line.matrix();
    List<Double> spread = new ArrayList<>();
    for (int phase = 0; phase < stride; phase++) {
      for (int row = 0; row < line.weights(); row++) {
        for (int tap = 0; tap < taps; tap++) {
          spread.add(tap % stride == phase ? matrix.get(row * line.taps() + tap / stride) : 0.0);
        }
      }
    }
    return spread;
  }
}
