package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.MinimalLine;
import dev.cnnc.compiler.plan.kernel.WinogradConv;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
  private final MinimalLine down;
  private final MinimalLine across;

  /** Outputs of a tile. */
  private final int rows;

  private final int columns;

  /** What makes names different. */
  private final String suffix;

  private final WinogradTransforms transforms;

  /** Rows and columns of pixels that a tile reads, and of products. */
  private final int height;

  private final int width;

  private WinogradKernels(Lanes lanes, WinogradConv kernel) {
    this.lanes = lanes;
    this.rows = kernel.rows();
    this.columns = kernel.columns();
    this.suffix = suffix(kernel);
    this.down = kernel.tile().down();
    this.across = kernel.tile().across();
    this.transforms = new WinogradTransforms(down, across, suffix);
    this.height = transforms.height();
    this.width = transforms.width();
  }

  /** For a tile of output pixels and a window. */
  static KernelText text(WinogradConv kernel) {
    Entry entry =
        Entry.tiled(
            "winograd" + suffix(kernel),
            kernel.window(),
            kernel.epilogue(),
            Parameter.number("block", kernel.block()),
            Parameter.flag("byOutputs", kernel.byOutputs()));
    return new KernelText(
        entry,
        List.of(Need.tiles(TileSet.WINOGRAD), new Need.InMemory(Sharing.NONE, kernel.epilogue())),
        parts ->
            new WinogradKernels(parts.lanes(), kernel)
                .method(entry, kernel, parts.tiles(TileSet.WINOGRAD), parts.inMemory()));
  }

  private static String suffix(WinogradConv kernel) {
    Window window = kernel.window();
    String suffix =
        "%sx%sOf%sx%s".formatted(kernel.rows(), kernel.columns(), window.height(), window.width());
    return window.strideHeight() == 1 && window.strideWidth() == 1
        ? suffix
        : suffix + "By%sx%s".formatted(window.strideHeight(), window.strideWidth());
  }

  private String named(String name) {
    return name + suffix;
  }

  private KernelMethod method(
      Entry entry, WinogradConv kernel, Collection<Tile> panels, Collection<Epilogue> epilogues) {
    List<KernelMethod> calls = new ArrayList<>(List.of(place(), transforms.spread()));
    StringBuilder text = new StringBuilder();
    for (Tile panel : panels) {
      KernelMethod multiply = multiply(panel);
      calls.add(multiply);
      text.append(
          """
            for (; k + %1$s <= to; k += %1$s) {
              if (k >= least && k < most) {
                %2$s(at, first, count, plane, x.channels(), w + k * %3$s * x.channels(), bias + k, zeros, products, outputPlane, y);
                %4$s(at, first, count, k, %1$s, products, outputPlane, residual, y, finish, pixels);
              }
            }
          """
              .formatted(
                  panel.outputs(lanes.floats()),
                  multiply.name(),
                  down.weights() * across.weights(),
                  named("collect")));
    }
    calls.add(collect(epilogues));
    return entry.method(
        """
        Tiles, or outputs in units of 16, of a conv of %5$s by %6$s by Winograd's F(%1$s x %2$s, %5$s x
        %6$s): {@code block} tiles of %3$s by %4$s pixels are transformed, multiplied by the transformed
        weights, and transformed back to %1$s by %2$s outputs.
        """
            .formatted(
                rows, columns, height, width, kernel.window().height(), kernel.window().width()),
        """
        int[] at = this.at[worker];
        int pixels = scratch + worker * SCRATCH;
        int products = pixels + %5$s;
        int outputPlane = block * 64 + 16;
        int values = products + %3$s * outputPlane + %10$s;
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
            int place = %9$s(first + t, y);
            int row = place / columns * %7$s - window.top();
            int column = place %% columns * %8$s - window.left();
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
                rows,
                columns,
                height * width,
                transforms.named("spread"),
                WinogradConv.PIXELS,
                text,
                rows * down.stride(),
                columns * across.stride(),
                named("place"),
                WinogradConv.OVER),
        calls);
  }

  private KernelMethod place() {
    return new KernelMethod(
        Role.PART,
        """
        Where tile {@code t} lies, counted by rows. Those over the lower edge come first, those over
        the right edge last: a product that one of these edges does not need takes a range of tiles.
        """,
        "int",
        named("place"),
        "int t, View y",
        """
        int rows = y.height() / %1$s;
        int columns = y.width() / %2$s;
        int all = columns + (y.width() %% %2$s == 0 ? 0 : 1);
        int inside = t - (y.height() %% %1$s == 0 ? 0 : columns);
        if (inside < 0) {
          return rows * all + t;
        }
        if (inside < rows * columns) {
          return inside / columns * all + inside %% columns;
        }
        return (inside - rows * columns) * all + columns;
        """
            .formatted(rows, columns),
        List.of());
  }

  private KernelMethod multiply(Tile panel) {
    int outputs = panel.outputs(lanes.floats());
    return new KernelMethod(
        Role.PART,
        "All %s products of a block's tiles with the weights of %s outputs."
            .formatted(height * width, outputs),
        "void",
        "%sBy%sx%s".formatted(named("multiply"), panel.pixels(), panel.vectors()),
        "int[] at, int first, int count, int plane, int channels, int w, int bias, int zeros, int"
            + " products, int outputPlane, View y",
        """
        int rows = y.height() / %1$s;
        int columns = y.width() / %2$s;
        int before = (y.height() %% %1$s == 0 ? 0 : columns) - first;
        int behind = before + rows * columns;
        int lower = Math.clamp(before, 0, count);
        int right = Math.clamp(behind, 0, count);
        int corner = Math.clamp(behind + (y.width() %% %2$s == 0 ? 0 : rows), 0, count);
        for (int product = 0; product < %3$s; product++) {
          int i = product / %4$s;
          int j = product %% %4$s;
          boolean above = %5$s;
          boolean left = %6$s;
          int weight = w + %7$s * channels * %8$s;
          int start = product == %9$s ? bias : zeros;
          int into = products + product * outputPlane;
          int end = left ? right : above ? corner : count;
          int p = above ? lower : 0;
        %10$s}
        """
            .formatted(
                rows,
                columns,
                height * width,
                width,
                spared(down, "i", "y.height() % " + rows),
                spared(across, "j", "y.width() % " + columns),
                weight(),
                outputs,
                (height > 1 ? width : 0) + (width > 1 ? 1 : 0),
                TileKernels.each(
                        panel,
                        "end",
                        "gemm%%2$s(at, p, product * plane, channels, weight, start, into + p * %s);\n"
                            .formatted(outputs))
                    .indent(2)),
        TileKernels.gemms(lanes, panel, TileKernels.Start.BIAS));
  }

  /** Number of the weights that a product takes. */
  private String weight() {
    return height * width == down.weights() * across.weights()
        ? "product"
        : "(Math.min(i, %s) * %s + Math.min(j, %s))"
            .formatted(down.weights() - 1, across.weights(), across.weights() - 1);
  }

  /** Whether a product counts only in outputs that a tile over the edge has not. */
  private static String spared(MinimalLine line, String product, String outputs) {
    List<String> conditions = new ArrayList<>();
    int base = 0;
    for (MinimalLine.Phase phase : line.phases()) {
      if (phase.taps() > 1) {
        conditions.add(product + " == " + (base + phase.products() - 1));
      } else if (phase.outputs() > 1) {
        conditions.add(product + " >= " + base + " + " + outputs);
      }
      base += phase.products();
    }
    return conditions.isEmpty() ? "false" : String.join(" || ", conditions);
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
          int place = %5$s(first + t, y);
          int row = place / columns * %1$s;
          int column = place %% columns * %2$s;
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
            .formatted(
                rows, columns, transforms.named("gather"), rows * columns * 64, named("place")),
        List.of(place(), transforms.gather(), TileFinish.of(lanes, epilogues)));
  }
}
