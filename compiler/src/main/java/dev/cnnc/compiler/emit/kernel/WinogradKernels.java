package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.Kernel;
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
                Parameter.flag("byOutputs", kernel.byOutputs()))
            .summing();
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
          new Template(
                  """
                  for (; k + ${outputs} <= to; k += ${outputs}) {
                    if (k >= least && k < most) {
                      ${multiply}(at, first, count, plane, x.channels(), ${weights}, bias + k, zeros, products, outputPlane, y);
                      ${collect}(at, first, count, k, ${outputs}, products, outputPlane, residual, y, finish, pixels);
                    }
                  }
                  """)
              .with("outputs", panel.outputs(lanes.floats()))
              .with("multiply", multiply.name())
              .with(
                  "weights",
                  PanelReads.of(lanes, panel)
                      .chosen(
                          Tile.Use.CONV,
                          down.weights() * across.weights() + " * x.channels()",
                          "to"))
              .with("collect", named("collect"))
              .filled());
    }
    calls.add(collect(epilogues));
    return entry.method(
        new Template(
                """
                Tiles, or outputs in units of ${unit}, of a conv of ${windowHeight} by ${windowWidth} by Winograd's F(${rows} x ${columns}, ${windowHeight} x
                ${windowWidth}): {@code block} tiles of ${height} by ${width} pixels are transformed, multiplied by the transformed
                weights, and transformed back to ${rows} by ${columns} outputs.
                """)
            .with("unit", Tile.OUTPUTS)
            .with("rows", rows)
            .with("columns", columns)
            .with("height", height)
            .with("width", width)
            .with("windowHeight", kernel.window().height())
            .with("windowWidth", kernel.window().width())
            .filled(),
        new Template(
                """
                int[] at = this.at[worker];
                int pixels = scratch + worker * SCRATCH;
                int products = pixels + ${pixelFloats};
                int outputPlane = block * ${widest} + ${apart};
                int values = products + ${products} * outputPlane + ${over};
                int depth = ${paddedInputs};
                int plane = block * depth + ${apart};
                int columns = (y.width() + ${columns} - 1) / ${columns};
                int to = ${paddedOutputs};
                int zeros = bias + to;
                int end = byOutputs ? (y.height() + ${rows} - 1) / ${rows} * columns : upTo;
                int least = byOutputs ? from * ${unit} : 0;
                int most = byOutputs ? upTo * ${unit} : to;
                for (int first = byOutputs ? 0 : from; first < end; first += block) {
                  int count = Math.min(block, end - first);
                  for (int t = 0; t < count; t++) {
                    int place = ${place}(first + t, y);
                    int row = place / columns * ${rowStep} - window.top();
                    int column = place % columns * ${columnStep} - window.left();
                    int corner = x.offset() + row * x.line() + column * x.pixel();
                    ${spread}(corner, x.line(), x.pixel(), depth, values + t * depth, plane, pixels);
                  }
                  for (int i = 0; i < BLOCK; i++) {
                    at[i] = values + Math.min(i, count - 1) * depth;
                  }
                  int k = 0;
                  ${panels}
                }
                """)
            .with("pixelFloats", WinogradConv.PIXELS)
            .with("widest", Kernel.WIDEST)
            .with("apart", WinogradConv.APART)
            .with("over", WinogradConv.OVER)
            .with("unit", Tile.OUTPUTS)
            .with("rows", rows)
            .with("columns", columns)
            .with("products", height * width)
            .with("paddedInputs", TileKernels.padded("x.channels()"))
            .with("paddedOutputs", TileKernels.padded("y.channels()"))
            .with("rowStep", rows * down.stride())
            .with("columnStep", columns * across.stride())
            .with("place", named("place"))
            .with("spread", transforms.named("spread"))
            .with("panels", text)
            .filled(),
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
        new Template(
                """
                int rows = y.height() / ${rows};
                int columns = y.width() / ${columns};
                int all = columns + (y.width() % ${columns} == 0 ? 0 : 1);
                int inside = t - (y.height() % ${rows} == 0 ? 0 : columns);
                if (inside < 0) {
                  return rows * all + t;
                }
                if (inside < rows * columns) {
                  return inside / columns * all + inside % columns;
                }
                return (inside - rows * columns) * all + columns;
                """)
            .with("rows", rows)
            .with("columns", columns)
            .filled(),
        List.of());
  }

  private KernelMethod multiply(Tile panel) {
    int outputs = panel.outputs(lanes.floats());
    PanelReads reads = PanelReads.of(lanes, panel);
    return new KernelMethod(
        Role.PART,
        "All %s products of a block's tiles with the weights of %s outputs."
            .formatted(height * width, outputs),
        "void",
        "%sBy%sx%s".formatted(named("multiply"), panel.pixels(), panel.vectors()),
        "int[] at, int first, int count, int plane, int channels, %s, int bias, int zeros, int products, int outputPlane, View y"
            .formatted(reads.declared()),
        new Template(
                """
                int rows = y.height() / ${rows};
                int columns = y.width() / ${columns};
                int before = (y.height() % ${rows} == 0 ? 0 : columns) - first;
                int behind = before + rows * columns;
                int lower = Math.clamp(before, 0, count);
                int right = Math.clamp(behind, 0, count);
                int corner = Math.clamp(behind + (y.width() % ${columns} == 0 ? 0 : rows), 0, count);
                for (int product = 0; product < ${products}; product++) {
                  int i = product / ${width};
                  int j = product % ${width};
                  boolean above = ${above};
                  boolean left = ${left};
                  int weight = w + ${weight} * channels * ${line};
                  int start = product == ${withBias} ? bias : zeros;
                  int into = products + product * outputPlane;
                  int end = left ? right : above ? corner : count;
                  int p = above ? lower : 0;
                  ${tiles}
                }
                """)
            .with("rows", rows)
            .with("columns", columns)
            .with("products", height * width)
            .with("width", width)
            .with("above", spared(down, "i", "y.height() % " + rows))
            .with("left", spared(across, "j", "y.width() % " + columns))
            .with("weight", weight())
            .with("line", reads.line())
            .with("withBias", (height > 1 ? width : 0) + (width > 1 ? 1 : 0))
            .with(
                "tiles",
                TileKernels.each(
                    panel,
                    "end",
                    new Template(
                            "gemm${size}(at, p, product * plane, channels, ${weight}, start, into +"
                                + " p * ${outputs});\n")
                        .with("weight", reads.passed("weight"))
                        .with("outputs", outputs)))
            .filled(),
        TileKernels.gemms(lanes, panel, TileKernels.Start.BIAS));
  }

  /** Number of the weights that a product takes. */
  private String weight() {
    return height * width == down.weights() * across.weights()
        ? "product"
        : new Template("(Math.min(i, ${lastRow}) * ${columns} + Math.min(j, ${lastColumn}))")
            .with("lastRow", down.weights() - 1)
            .with("columns", across.weights())
            .with("lastColumn", across.weights() - 1)
            .filled();
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
        new Template(
                """
                int columns = (y.width() + ${columns} - 1) / ${columns};
                for (int t = 0; t < count; t++) {
                  ${gather}(products + t * width, plane, width, pixels, pixels + ${gathered});
                  int place = ${place}(first + t, y);
                  int row = place / columns * ${rows};
                  int column = place % columns * ${columns};
                  int wide = Math.min(${columns}, y.width() - column);
                  for (int i = 0; i < Math.min(${rows}, y.height() - row); i++) {
                    for (int j = 0; j < wide; j++) {
                      at[PLACES + j] = y.offset() + (row + i) * y.line() + (column + j) * y.pixel();
                      at[2 * PLACES + j] =
                          residual.offset() + (row + i) * residual.line() + (column + j) * residual.pixel();
                    }
                    finish(finish, at, 0, k, wide, width, pixels + i * ${columns} * width);
                  }
                }
                """)
            .with("rows", rows)
            .with("columns", columns)
            .with("gather", transforms.named("gather"))
            .with("gathered", rows * columns * Kernel.WIDEST)
            .with("place", named("place"))
            .filled(),
        List.of(place(), transforms.gather(), TileFinish.of(lanes, epilogues)));
  }
}
