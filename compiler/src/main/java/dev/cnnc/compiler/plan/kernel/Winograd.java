package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Tile;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether a conv is worth Winograd's F(m, r), which makes m outputs in a row of m + r - 1 products
 * with r taps, and in both directions m x m of (m + r - 1)^2: for 4 x 4 outputs of 3 x 3 taps a
 * quarter of the multiplications, for four times the weights.
 *
 * <p>Costs are in multiply-adds. A weight that is read once costs as much as twelve: that is the
 * balance of 60 to 120 billion multiply-adds and 18 to 42 GB a second on one core.
 *
 * @param rows output pixels of a tile; 1 if the window is one pixel high
 * @param columns output pixels of a tile; 1 if the window is one pixel wide
 * @param window of the conv
 */
public record Winograd(int rows, int columns, Window window) {

  /** Multiply-adds in the time that one weight takes from memory. */
  private static final double WEIGHT = 12;

  /**
   * Outputs in a direction: of 4 taps 5 are 8 products, and faster than 3. 6 of 3 taps were 2 %
   * faster than 4, and twice as far from the truth.
   */
  private static final int LARGEST = 5;

  /** The same at a stride of 2. */
  private static final int LARGEST_OF_TWO_PHASES = 4;

  /** Products in a direction of which rounding leaves enough: 8 errs by 1e-5, 10 by 1e-4. */
  private static final int MOST_OF_BOTH = 8;

  /** The same of a window that is one pixel high or wide: 10 errs by 1e-5. */
  private static final int MOST_OF_ONE = 10;

  /** Floats of transformed pixels that a block holds: half of an L2 cache of a megabyte. */
  private static final int CACHED = 1 << 17;

  /** Tiles in a block: the weights of a product are read once for each. */
  private static final int FEWEST = 48;

  private static final int MOST = 96;

  /** The cheapest tile for a conv, if its window allows any. */
  public static Optional<Winograd> of(Op.Conv conv, Shape input, Shape output) {
    Window window = conv.window();
    return !window.isDense() || conv.groups() > 1 || input.channels() < Tile.OUTPUTS
        ? Optional.empty()
        : cheapest(window, input.channels(), output);
  }

  /** The cheapest tile for outputs that see {@code channels} through a window. */
  public static Optional<Winograd> cheapest(Window window, int channels, Shape output) {
    return tiles(window).min(Comparator.comparingDouble(one -> one.cost(channels, output)));
  }

  /** What plain sums cost. */
  public static double plain(Op.Conv conv, Shape input, Shape output) {
    double taps = conv.window().taps();
    return taps * (output.pixels() + 2 + WEIGHT) * input.channels() * output.channels();
  }

  private static Stream<Winograd> tiles(Window window) {
    boolean both = window.height() > 1 && window.width() > 1;
    int most = both ? MOST_OF_BOTH : MOST_OF_ONE;
    return sides(window.height(), window.strideHeight(), most)
        .boxed()
        .flatMap(
            rows ->
                sides(window.width(), window.strideWidth(), most)
                    .mapToObj(columns -> new Winograd(rows, columns, window)))
        .filter(one -> !both || one.down().inputs() == one.across().inputs());
  }

  /** Outputs in a row that need few enough products of a phase. */
  private static IntStream sides(int taps, int stride, int most) {
    return taps == 1
        ? IntStream.of(1)
        : IntStream.rangeClosed(2, stride > 1 ? LARGEST_OF_TWO_PHASES : LARGEST)
            .filter(
                outputs -> {
                  MinimalLine.Phase phase =
                      new MinimalLine(outputs, taps, stride).phases().getFirst();
                  return phase.products() <= most && (stride > 1 || phase.products() % 2 == 0);
                });
  }

  /** Of all outputs, where each sees so many channels. */
  public double cost(int channels, Shape output) {
    double products = (double) down().products(output.height()) * across().products(output.width());
    double sums = (products + 2 * products() + weights() * WEIGHT) * channels * output.channels();
    double transforms = transform() * tiles(output) * (channels + Tile.padded(output.channels()));
    return sums + transforms;
  }

  /**
   * Multiply-adds in the time that a channel of a tile takes through a transform, in or out: the
   * more products in a row, the longer the polynomials.
   */
  private double transform() {
    return (double) products() * Math.max(6, Math.max(down().longest(), across().longest()));
  }

  /** A column of a tile. */
  public MinimalLine down() {
    return new MinimalLine(rows, window.height(), window.strideHeight());
  }

  /** A row of a tile. */
  public MinimalLine across() {
    return new MinimalLine(columns, window.width(), window.strideWidth());
  }

  /** Products of a tile. */
  public int products() {
    return down().products() * across().products();
  }

  /** Different weights of the products. */
  public int weights() {
    return down().weights() * across().weights();
  }

  /** Filters {@code [outputs, channels, height, width]} as they are multiplied. */
  public Recipe weights(Recipe filters) {
    return new Recipe.Winograd(filters, down().matrix(), across().matrix());
  }

  /** Tiles that cover an output. */
  public int tiles(Shape output) {
    return Math.ceilDiv(output.height(), rows) * Math.ceilDiv(output.width(), columns);
  }

  /** Tiles that a worker transforms before it multiplies. */
  public int block(int channels, Shape output) {
    int cached = Math.clamp(CACHED / (products() * Tile.padded(channels)), FEWEST, MOST);
    return Kernel.block(tiles(output), cached * 5 / 4, 12);
  }

  /** The outputs as if all tiles were whole: what the transforms read beyond the edge. */
  public Shape whole(Shape output) {
    return new Shape(
        output.channels(),
        Math.ceilDiv(output.height(), rows) * rows,
        Math.ceilDiv(output.width(), columns) * columns);
  }
}
