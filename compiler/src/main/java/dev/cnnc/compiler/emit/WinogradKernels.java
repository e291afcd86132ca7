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
 * Convs by Winograd's F(m x n, window) (Lavin and Gray, 2015): pixels are transformed, each of
 * their products is a conv of 1 by 1 for {@link TileKernels}, and what comes out is transformed
 * back.
 *
 * <p>The product at point 1 of both directions counts the same in all outputs, so it is the one
 * that starts from the bias.
 */
final class WinogradKernels {
  private final Lanes lanes;
  private final int rows;
  private final int columns;

  /** What makes names different. */
  private final String suffix;

  /** Rows and columns of pixels that a tile reads, and of products. */
  private final int height;

  private final int width;

  private WinogradKernels(Lanes lanes, Kernel.WinogradConv kernel) {
    this.lanes = lanes;
    this.rows = kernel.rows();
    this.columns = kernel.columns();
    this.suffix = suffix(kernel);
    this.height = rows + kernel.window().height() - 1;
    this.width = columns + kernel.window().width() - 1;
  }

  /** The entry for a tile of output pixels and a window. */
  static KernelMethod of(
      Lanes lanes,
      Kernel.WinogradConv kernel,
      Collection<Tile> panels,
      Collection<Epilogue> epilogues) {
    return new WinogradKernels(lanes, kernel).entry(kernel, panels, epilogues);
  }

  /** Name of the entry. */
  static String name(Kernel.WinogradConv kernel) {
    return "winograd" + suffix(kernel);
  }

  private static String suffix(Kernel.WinogradConv kernel) {
    return "%sx%sOf%sx%s"
        .formatted(
            kernel.rows(), kernel.columns(), kernel.window().height(), kernel.window().width());
  }

  private String named(String name) {
    return name + suffix;
  }

  private boolean bothWays() {
    return height > 1 && width > 1;
  }

  private KernelMethod entry(
      Kernel.WinogradConv kernel, Collection<Tile> panels, Collection<Epilogue> epilogues) {
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
                  panel.outputs(lanes.floats()),
                  multiply.name(),
                  height * width,
                  named("collect")));
    }
    calls.add(collect(epilogues));
    return new KernelMethod(
        Role.ENTRY,
        """
        Tiles, or outputs in units of 16, of a conv of %5$s by %6$s by Winograd's F(%1$s x %2$s, %5$s x
        %6$s): {@code block} tiles of %3$s by %4$s pixels are transformed, multiplied by the transformed
        weights, and transformed back to %1$s by %2$s outputs.
        """
            .formatted(
                rows, columns, height, width, kernel.window().height(), kernel.window().width()),
        "void",
        name(kernel),
        "View x, Window window, int block, boolean byOutputs, int w, int bias, View residual, View"
            + " y, Finish finish, int from, int upTo, int worker",
        """
        int[] at = this.at[worker];
        int pixels = scratch + worker * SCRATCH;
        int products = pixels + %5$s;
        int outputPlane = block * 64 + 16;
        int values = products + %3$s * outputPlane;
        int depth = (x.channels() + 15) & -16;
        int plane = block * depth + 16;
        int columns = (y.width() + %2$s - 1) / %2$s;
        int to = (y.channels() + 15) & -16;
        int zeros = bias + to;
        int end = byOutputs ? (y.height() + %1$s - 1) / %1$s * columns : upTo;
        int least = byOutputs ? from * 16 : 0;
        int most = byOutputs ? upTo * 16 : to;
        for (int first = byOutputs ? 0 : from; first < end; first += block) {
          int count = Math.min(block, end - first);
          for (int t = 0; t < count; t++) {
            int row = (first + t) / columns * %1$s - window.top();
            int column = (first + t) %% columns * %2$s - window.left();
            int corner = x.offset() + row * x.line() + column * x.pixel();
            %4$s(corner, x.line(), x.pixel(), depth, values + t * depth, plane, pixels);
          }
          for (int i = 0; i < BLOCK; i++) {
            at[i] = values + Math.min(i, count - 1) * depth;
          }
          int k = 0;
        %6$s}
        """
            .formatted(
                rows, columns, height * width, named("spread"), Kernel.WinogradConv.PIXELS, text),
        calls);
  }

  private KernelMethod spread() {
    String body =
        bothWays()
            ? """
            for (int column = 0; column < %1$s; column++) {
              int from = x + column * pixel + c;
            %3$s}
            for (int row = 0; row < %2$s; row++) {
              int from = between + row * (%1$s * $L);
              int to = values + row * (%1$s * plane) + c;
            %4$s}
            """
                .formatted(
                    width,
                    height,
                    spread(height, "line", "between + (%1$s * " + width + " + column) * $L")
                        .indent(2),
                    spread(width, "$L", "to + %1$s * plane").indent(2))
            : "int from = x + c;\n"
                + spread(
                    height * width, height > 1 ? "line" : "pixel", "values + %1$s * plane + c");
    return new KernelMethod(
        Role.PART,
        """
        Transforms {@code channels} channels of %s by %s pixels from {@code x} on, {@code B^T x B}; one
        product of all is {@code plane} floats from the next.
        """
            .formatted(height, width),
        "void",
        named("spread"),
        "int x, int line, int pixel, int channels, int values, int plane, int between",
        """
        final float[] arena = this.arena;
        for (int c = 0; c < channels; c += $L) {
        %s}
        """
            .formatted(body.indent(2)),
        List.of());
  }

  /** A line of pixels from {@code from} on, to places of which %1$s is the number. */
  private static String spread(int products, String step, String to) {
    return lines(products, "V p%1$s = @load(arena, from + %1$s * " + step + ");\n")
        + MinimalFilter.spread(products)
        + lines(products, "@store(q%1$s, arena, " + to + ");\n");
  }

  private KernelMethod multiply(Tile panel) {
    int outputs = panel.outputs(lanes.floats());
    return new KernelMethod(
        Role.PART,
        "All %s products of a block's tiles with the weights of %s outputs."
            .formatted(height * width, outputs),
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
                height * width,
                outputs,
                (height > 1 ? width : 0) + (width > 1 ? 1 : 0),
                TileKernels.each(
                        lanes,
                        panel,
                        "gemm%%2$s(at, p, product * plane, channels, weight, start,"
                            .concat(" into + p * %s);\n")
                            .formatted(outputs))
                    .indent(2)),
        TileKernels.gemms(lanes, panel, TileKernels.Start.BIAS));
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
        int columns = (y.width() + %2$s - 1) / %2$s;
        for (int t = 0; t < count; t++) {
          %3$s(products + t * width, plane, width, pixels, pixels + %4$s);
          int row = (first + t) / columns * %1$s;
          int column = (first + t) %% columns * %2$s;
          int wide = Math.min(%2$s, y.width() - column);
          for (int i = 0; i < Math.min(%1$s, y.height() - row); i++) {
            for (int j = 0; j < wide; j++) {
              at[BLOCK + j] = y.offset() + (row + i) * y.line() + (column + j) * y.pixel();
              at[2 * BLOCK + j] =
                  residual.offset() + (row + i) * residual.line() + (column + j) * residual.pixel();
            }
            finish(finish, at, 0, k, wide, width, pixels + i * %2$s * width);
          }
        }
        """
            .formatted(rows, columns, named("gather"), rows * columns * 64),
        List.of(gather(), TileFinish.of(epilogues)));
  }

  private KernelMethod gather() {
    String body =
        bothWays()
            ? """
            for (int column = 0; column < %1$s; column++) {
              int from = products + column * plane + j;
            %3$s}
            for (int row = 0; row < %2$s; row++) {
              int from = between + row * (%1$s * $L);
              int to = pixels + row * (%5$s * width) + j;
            %4$s}
            """
                .formatted(
                    width,
                    rows,
                    gather(
                            height,
                            rows,
                            width + " * plane",
                            "between + (%1$s * " + width + " + column) * $L")
                        .indent(2),
                    gather(width, columns, "$L", "to + %1$s * width").indent(2),
                    columns)
            : "int from = products + j;\n"
                + gather(height * width, rows * columns, "plane", "pixels + %1$s * width + j");
    return new KernelMethod(
        Role.PART,
        """
        Transforms the products of one tile back to %s by %s pixels of {@code width} outputs, {@code A^T
        p A}.
        """
            .formatted(rows, columns),
        "void",
        named("gather"),
        "int products, int plane, int width, int pixels, int between",
        """
        final float[] arena = this.arena;
        for (int j = 0; j < width; j += $L) {
        %s}
        """
            .formatted(body.indent(2)),
        List.of());
  }

  /** A line of products from {@code from} on, to places of which %1$s is the number. */
  private static String gather(int products, int outputs, String step, String to) {
    return lines(products, "V p%1$s = @load(arena, from + %1$s * " + step + ");\n")
        + MinimalFilter.gather(products, outputs)
        + lines(outputs, "@store(q%1$s, arena, " + to + ");\n");
  }

  private static String lines(int count, String line) {
    return IntStream.range(0, count).mapToObj(i -> line.formatted(i)).collect(Collectors.joining());
  }
}
