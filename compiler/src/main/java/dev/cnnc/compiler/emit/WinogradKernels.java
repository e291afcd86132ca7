package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.Kernel;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Convs of 3 by 3 by Winograd's F(m x m, 3 x 3) (Lavin and Gray, 2015): pixels are transformed,
 * each of their (m + 2)^2 products is a conv of 1 by 1 for {@link TileKernels}, and what comes out
 * is transformed back.
 *
 * <p>The product at point (1, 1) alone counts in all outputs, so it is the one that starts from the
 * bias.
 */
final class WinogradKernels {

  /** The transform of a line of m + 2 input pixels p to q, which is {@code B^T p}. */
  private static final String SPREAD_OF_TWO =
      """
      V q0 = @sub(p0, p2);
      V q1 = @add(p1, p2);
      V q2 = @sub(p2, p1);
      V q3 = @sub(p1, p3);
      """;

  private static final String SPREAD_OF_FOUR =
      """
      V even = @fma(p2, @broadcast(-4f), p4);
      V odd = @fma(p1, @broadcast(-4f), p3);
      V outer = @sub(p4, p2);
      V inner = @sub(p3, p1);
      V q0 = @fma(p0, @broadcast(4f), @fma(p2, @broadcast(-5f), p4));
      V q1 = @add(even, odd);
      V q2 = @sub(even, odd);
      V q3 = @fma(inner, @broadcast(2f), outer);
      V q4 = @fma(inner, @broadcast(-2f), outer);
      V q5 = @fma(p1, @broadcast(4f), @fma(p3, @broadcast(-5f), p5));
      """;

  /** The transform of a line of m + 2 products p to m outputs q, which is {@code A^T p}. */
  private static final String GATHER_OF_TWO =
      """
      V q0 = @add(@add(p0, p1), p2);
      V q1 = @sub(@sub(p1, p2), p3);
      """;

  private static final String GATHER_OF_FOUR =
      """
      V sum = @add(p1, p2);
      V difference = @sub(p1, p2);
      V twice = @add(p3, p4);
      V odd = @sub(p3, p4);
      V q0 = @add(@add(p0, sum), twice);
      V q1 = @fma(odd, @broadcast(2f), difference);
      V q2 = @fma(twice, @broadcast(4f), sum);
      V q3 = @add(@fma(odd, @broadcast(8f), difference), p5);
      """;

  private final Lanes lanes;
  private final int tile;
  private final int side;

  private WinogradKernels(Lanes lanes, int tile) {
    this.lanes = lanes;
    this.tile = tile;
    this.side = tile + 2;
  }

  /** The entry for tiles of {@code tile} output pixels a side. */
  static KernelMethod of(
      Lanes lanes, int tile, Collection<Tile> panels, Collection<Epilogue> epilogues) {
    return new WinogradKernels(lanes, tile).entry(panels, epilogues);
  }

  /** Name of the entry. */
  static String name(int tile) {
    return "winograd%1$sx%1$s".formatted(tile);
  }

  private String named(String name) {
    return "%s%sx%2$s".formatted(name, tile);
  }

  private KernelMethod entry(Collection<Tile> panels, Collection<Epilogue> epilogues) {
    List<KernelMethod> calls = new ArrayList<>(List.of(spread()));
    StringBuilder text = new StringBuilder();
    for (Tile panel : panels) {
      KernelMethod multiply = multiply(panel);
      calls.add(multiply);
      text.append(
          """
            for (; k + %1$s <= to; k += %1$s) {
              if (k >= least && k < most) {
                %2$s(at, count, plane, x.channels(), w + k * %3$s * x.channels(), bias + k, zeros,
                    products, outputPlane);
                %4$s(at, first, count, k, %1$s, products, outputPlane, residual, y, finish, pixels);
              }
            }
          """
              .formatted(
                  panel.outputs(lanes.floats()), multiply.name(), side * side, named("collect")));
    }
    calls.add(collect(epilogues));
    return new KernelMethod(
        Role.ENTRY,
        """
        Tiles, or outputs in units of 16, of a conv of 3 by 3 by Winograd's F(%1$s x %1$s, 3 x 3):
        {@code block} tiles of %2$s by %2$s pixels are transformed, multiplied by the transformed
        weights, and transformed back to %1$s by %1$s outputs.
        """
            .formatted(tile, side),
        "void",
        name(tile),
        "View x, Window window, int block, boolean byOutputs, int w, int bias, View residual, View"
            + " y, Finish finish, int from, int upTo, int worker",
        """
        int[] at = this.at[worker];
        int pixels = scratch + worker * SCRATCH;
        int products = pixels + %4$s;
        int outputPlane = block * 64 + 16;
        int values = products + %2$s * outputPlane;
        int depth = (x.channels() + 15) & -16;
        int plane = block * depth + 16;
        int columns = (y.width() + %5$s) / %1$s;
        int to = (y.channels() + 15) & -16;
        int zeros = bias + to;
        int end = byOutputs ? (y.height() + %5$s) / %1$s * columns : upTo;
        int least = byOutputs ? from * 16 : 0;
        int most = byOutputs ? upTo * 16 : to;
        for (int first = byOutputs ? 0 : from; first < end; first += block) {
          int count = Math.min(block, end - first);
          for (int t = 0; t < count; t++) {
            int row = (first + t) / columns * %1$s - window.top();
            int column = (first + t) %% columns * %1$s - window.left();
            int corner = x.offset() + row * x.line() + column * x.pixel();
            %3$s(corner, x.line(), x.pixel(), depth, values + t * depth, plane, pixels);
          }
          for (int i = 0; i < BLOCK; i++) {
            at[i] = values + Math.min(i, count - 1) * depth;
          }
          int k = 0;
        %6$s}
        """
            .formatted(
                tile, side * side, named("spread"), Kernel.WinogradConv.PIXELS, tile - 1, text),
        calls);
  }

  private KernelMethod spread() {
    return new KernelMethod(
        Role.PART,
        """
        Transforms {@code channels} channels of %1$s by %1$s pixels from {@code x} on, {@code B^T x B};
        one product of all is {@code plane} floats from the next.
        """
            .formatted(side),
        "void",
        named("spread"),
        "int x, int line, int pixel, int channels, int values, int plane, int between",
        """
        final float[] arena = this.arena;
        for (int c = 0; c < channels; c += $L) {
          for (int column = 0; column < %1$s; column++) {
            int from = x + column * pixel + c;
        %2$s%3$s%4$s  }
          for (int row = 0; row < %1$s; row++) {
            int from = between + row * (%1$s * $L);
            int to = values + row * (%1$s * plane) + c;
        %5$s%3$s%6$s  }
        }
        """
            .formatted(
                side,
                lines(side, "    V p%1$s = @load(arena, from + %1$s * line);\n"),
                (tile == 2 ? SPREAD_OF_TWO : SPREAD_OF_FOUR).indent(4),
                lines(
                    side,
                    "    @store(q%1$s, arena, between + (%1$s * " + side + " + column) * $L);\n"),
                lines(side, "    V p%1$s = @load(arena, from + %1$s * $L);\n"),
                lines(side, "    @store(q%1$s, arena, to + %1$s * plane);\n")),
        List.of());
  }

  private KernelMethod multiply(Tile panel) {
    int width = panel.outputs(lanes.floats());
    return new KernelMethod(
        Role.PART,
        "All %s products of a block's tiles with the weights of %s outputs."
            .formatted(side * side, width),
        "void",
        "%sBy%sx%s".formatted(named("multiply"), panel.pixels(), panel.vectors()),
        "int[] at, int count, int plane, int channels, int w, int bias, int zeros, int products,"
            + " int outputPlane",
        """
        for (int product = 0; product < %1$s; product++) {
          int weight = w + product * channels * %2$s;
          int start = product == %3$s ? bias : zeros;
          int into = products + product * outputPlane;
        %4$s}
        """
            .formatted(
                side * side,
                width,
                side + 1,
                TileKernels.each(
                        lanes,
                        panel,
                        "%2$s(at, p, product * plane, channels, weight, weights, start, 0,"
                            + " into + p * %s);\n".formatted(width))
                    .indent(2)),
        TileKernels.gemms(lanes, panel));
  }

  private KernelMethod collect(Collection<Epilogue> epilogues) {
    return new KernelMethod(
        Role.PART,
        "Transforms a block's products to {@code width} outputs from k on, and sends them on.",
        "void",
        named("collect"),
        "int[] at, int first, int count, int k, int width, int products, int plane, View residual,"
            + " View y, Finish finish, int pixels",
        """
        int columns = (y.width() + %2$s) / %1$s;
        for (int t = 0; t < count; t++) {
          %3$s(products + t * width, plane, width, pixels, pixels + %4$s);
          int row = (first + t) / columns * %1$s;
          int column = (first + t) %% columns * %1$s;
          int wide = Math.min(%1$s, y.width() - column);
          for (int i = 0; i < Math.min(%1$s, y.height() - row); i++) {
            for (int j = 0; j < wide; j++) {
              at[BLOCK + j] = y.offset() + (row + i) * y.line() + (column + j) * y.pixel();
              at[2 * BLOCK + j] =
                  residual.offset() + (row + i) * residual.line() + (column + j) * residual.pixel();
            }
            finish(finish, at, 0, k, wide, width, pixels + i * %1$s * width);
          }
        }
        """
            .formatted(tile, tile - 1, named("gather"), tile * tile * 64),
        List.of(gather(), TileKernels.finish(epilogues)));
  }

  private KernelMethod gather() {
    return new KernelMethod(
        Role.PART,
        """
        Transforms the products of one tile back to %1$s by %1$s pixels of {@code width} outputs, {@code
        A^T p A}.
        """
            .formatted(tile),
        "void",
        named("gather"),
        "int products, int plane, int width, int pixels, int between",
        """
        final float[] arena = this.arena;
        for (int j = 0; j < width; j += $L) {
          for (int column = 0; column < %1$s; column++) {
            int from = products + column * plane + j;
        %2$s%3$s%4$s  }
          for (int row = 0; row < %5$s; row++) {
            int from = between + row * (%1$s * $L);
            int to = pixels + row * (%5$s * width) + j;
        %6$s%3$s%7$s  }
        }
        """
            .formatted(
                side,
                lines(side, "    V p%1$s = @load(arena, from + %1$s * " + side + " * plane);\n"),
                (tile == 2 ? GATHER_OF_TWO : GATHER_OF_FOUR).indent(4),
                lines(
                    tile,
                    "    @store(q%1$s, arena, between + (%1$s * " + side + " + column) * $L);\n"),
                tile,
                lines(side, "    V p%1$s = @load(arena, from + %1$s * $L);\n"),
                lines(tile, "    @store(q%1$s, arena, to + %1$s * width);\n")),
        List.of());
  }

  private static String lines(int count, String line) {
    return IntStream.range(0, count).mapToObj(i -> line.formatted(i)).collect(Collectors.joining());
  }
}
