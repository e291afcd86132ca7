package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.plan.kernel.Fc;
import dev.cnnc.compiler.plan.kernel.GroupedConv;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * Convs and fcs: which pixels, which outputs, which runs of channels; {@link TileKernels} do the
 * rest.
 */
final class ConvKernels {

  private ConvKernels() {}

  /** A conv that reads runs of channels, without a prologue. */
  static KernelText conv(TiledConv conv) {
    Tile.Use use = conv.reading().use();
    TileSet set = TileSet.of(use);
    Entry entry = Entry.tiled(name(use), conv).summing();
    return new KernelText(
        entry,
        List.of(
            Need.tiles(set),
            Need.epilogue(Sharing.RUNS, conv.epilogue(), conv.finishesInRegisters())),
        parts -> conv(entry, use, parts.panels(set)));
  }

  /** A grouped conv in blocks of 16 outputs. */
  static KernelText grouped(GroupedConv conv) {
    Entry entry =
        Entry.tiled(
            name(Tile.Use.GROUPED_CONV),
            conv.window(),
            conv.epilogue(),
            Parameter.number("groups", conv.groups()),
            Parameter.number("span", conv.span()),
            Parameter.number("band", conv.band()));
    return new KernelText(
        entry,
        List.of(Need.tiles(TileSet.GROUPED_CONV), new Need.InMemory(Sharing.RUNS, conv.epilogue())),
        parts -> grouped(entry, parts.lanes(), parts.panels(TileSet.GROUPED_CONV).methods()));
  }

  /** An fc whose weights lie in 32 bits. */
  static KernelText fc(Fc fc) {
    Entry entry = Entry.tiled(name(Tile.Use.FC), Parameter.wholeWindow(), fc.epilogue()).summing();
    return new KernelText(
        entry,
        List.of(Need.tiles(TileSet.FC), new Need.InMemory(Sharing.FC, fc.epilogue())),
        parts -> fc(entry, parts.lanes(), parts.panels(TileSet.FC)));
  }

  /** Name of the entry. */
  private static String name(Tile.Use use) {
    return switch (use) {
      case CONV -> "conv";
      case STREAMED_CONV -> "streamedConv";
      case GROUPED_CONV -> "groupedConv";
      case FC -> "fc";
    };
  }

  private static KernelMethod conv(Entry entry, Tile.Use use, Panels panels) {
    List<KernelMethod> all = new ArrayList<>(panels.methods());
    all.add(LOCATE);
    all.add(SEGMENT);
    return entry.method(
        """
        Units {@code from} to {@code upTo} of 24 pixels of a conv%s: {@code y[p][k] = bias[k] + sum
        of x[p + i][c] * w[k][i][c]} over the window's positions i and the channels c, then what
        {@code finish} says.
        """
            .formatted(use == Tile.Use.STREAMED_CONV ? " of few pixels and many weights" : ""),
        new Template(
                """
                int[] at = this.at[worker];
                int sums = scratch + worker * SCRATCH;
                int segments = segment(x.line(), x.pixel(), x.channels(), window, at);
                int reduction = window.taps() * x.channels();
                int run = reduction / segments;
                ${blocks}
                """)
            .with("blocks", blocks("", panels.text()))
            .filled(),
        all);
  }

  /**
   * The loop over the blocks of a worker's output pixels.
   *
   * @param prepare what is done with a block whose places are listed
   * @param panels the loops over its outputs
   */
  static String blocks(String prepare, String panels) {
    return new Template(
            """
            int to = ${padded};
            int corner = x.offset() - window.top() * x.line() - window.left() * x.pixel();
            int pixels = Math.min(upTo * UNIT, y.height() * y.width());
            for (int first = from * UNIT; first < pixels; first += block) {
              int count = Math.min(block, pixels - first);
              locate(corner, x.line(), x.pixel(), window, residual, y, 0, first, count, at);
              ${prepare}
              int k = 0;
              ${panels}
            }
            """)
        .with("padded", TileKernels.padded("y.channels()"))
        .with("prepare", prepare)
        .with("panels", panels)
        .filled();
  }

  private static KernelMethod fc(Entry entry, Lanes lanes, Panels panels) {
    List<KernelMethod> all = new ArrayList<>(panels.methods());
    all.addAll(FcKernel.methods(lanes, panels.finish()));
    return fc(
        entry,
        """
        Blocks {@code from} to {@code upTo} of %s outputs of an fc, a conv whose window is all of x:
        {@code y[k] = bias[k] + sum of x[i][c] * w[k][i][c]}, then what {@code finish} says.
        """
            .formatted(Tile.FC_BLOCK),
        FcKernel.loop(lanes) + panels.text(),
        all);
  }

  /** The entry for fcs whose weights lie in some way, with the loops over the outputs k. */
  static KernelMethod fc(Entry entry, String comment, String loops, List<KernelMethod> calls) {
    List<KernelMethod> all = new ArrayList<>(calls);
    all.add(SEGMENT);
    return entry.method(
        comment,
        new Template(
                """
                int[] at = this.at[worker];
                int sums = scratch + worker * SCRATCH;
                int segments = segment(x.line(), x.pixel(), x.channels(), window, at);
                int reduction = window.taps() * x.channels();
                int run = reduction / segments;
                int to = Math.min(upTo * ${block}, ${padded});
                int count = 1;
                at[0] = x.offset();
                at[PLACES] = y.offset();
                at[2 * PLACES] = residual.offset();
                int k = from * ${block};
                ${loops}
                """)
            .with("block", Tile.FC_BLOCK)
            .with("padded", TileKernels.padded("y.channels()"))
            .with("loops", loops)
            .filled(),
        all);
  }

  private static KernelMethod grouped(Entry entry, Lanes lanes, List<KernelMethod> calls) {
    List<KernelMethod> all = new ArrayList<>(calls);
    all.add(SLICE);
    all.add(LOCATE);
    all.add(SEGMENT);
    Tile tile = Tile.of(Tile.Use.GROUPED_CONV, lanes.floats()).getFirst();
    return entry.method(
        """
        Rows {@code from} to {@code upTo} of a grouped conv, %s outputs at a time: they read {@code
        span} channels, those of all their groups, from the first channel of their first group on;
        {@code band} rows of those are copied side by side, so that a row of a window is one run.
        """
            .formatted(Tile.OUTPUTS),
        new Template(
                """
                int[] at = this.at[worker];
                int sums = scratch + worker * SCRATCH;
                int group = x.channels() / groups;
                int perGroup = y.channels() / groups;
                int slice = sums + ${sums};
                int columns =
                    (y.width() - 1) * window.strideWidth() + (window.width() - 1) * window.dilationWidth() + 1;
                int line = columns * span;
                int segments = segment(line, span, span, window, at);
                int reduction = window.taps() * span;
                int run = reduction / segments;
                for (int row = from; row < upTo; row += band) {
                  int rows = Math.min(band, upTo - row);
                  int corner =
                      x.offset()
                          + (row * window.strideHeight() - window.top()) * x.line()
                          - window.left() * x.pixel();
                  int lines =
                      (rows - 1) * window.strideHeight() + (window.height() - 1) * window.dilationHeight() + 1;
                  int copied = -1;
                  for (int block = 0; block < y.channels(); block += ${outputs}) {
                    int start = Math.min(block / perGroup * group, x.channels() - span);
                    if (start != copied) {
                      slice(corner + start, x.line(), x.pixel(), lines, columns, span, slice);
                      copied = start;
                    }
                    for (int first = 0; first < rows * y.width(); first += BLOCK) {
                      int count = Math.min(BLOCK, rows * y.width() - first);
                      locate(
                          slice - row * window.strideHeight() * line,
                          line, span, window, residual, y, row, first, count, at);
                      for (int k = block; k < block + ${outputs}; k += ${panelOutputs}) {
                        ${panel}(at, count, segments, run, ${weights}, bias + k, k, finish, sums);
                      }
                    }
                  }
                }
                """)
            .with(
                "weights",
                PanelReads.of(lanes, tile)
                    .chosen(Tile.Use.GROUPED_CONV, "reduction", "block + " + Tile.OUTPUTS))
            .with("sums", Kernel.UNIT_SUMS)
            .with("outputs", Tile.OUTPUTS)
            .with("panelOutputs", tile.outputs(lanes.floats()))
            .with("panel", TileKernels.name(tile))
            .filled(),
        all);
  }

  /** Each pixel is copied in whole vectors: what is too much the next pixel overwrites. */
  private static final KernelMethod SLICE =
      new KernelMethod(
          Role.PART,
          "Copies {@code channels} channels of some pixels, so that they lie side by side.",
          "void",
          "slice",
          "int from, int line, int pixel, int rows, int columns, int channels, int to",
          """
          final float[] arena = this.arena;
          for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
              int x = from + row * line + column * pixel;
              int y = to + (row * columns + column) * channels;
              for (int c = 0; c < channels; c += $L) {
                @store(@load(arena, x + c), arena, y + c);
              }
            }
          }
          """,
          List.of());

  private static final KernelMethod SEGMENT =
      new KernelMethod(
          Role.PART,
          """
          Lists where the runs of a window begin: one for each of its rows if its channels lie side by
          side there, else one for each position; one in all if rows do too. Returns their number.
          """,
          "int",
          "segment",
          "int line, int pixel, int channels, Window window, int[] at",
          """
          boolean joined = pixel == channels && window.dilationWidth() == 1;
          boolean flat =
              joined && window.dilationHeight() == 1 && line == window.width() * pixel;
          int rows = flat ? 1 : window.height();
          int columns = joined ? 1 : window.width();
          for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
              at[SEGMENTS + row * columns + column] =
                  row * window.dilationHeight() * line + column * window.dilationWidth() * pixel;
            }
          }
          return rows * columns;
          """,
          List.of());

  static final KernelMethod LOCATE =
      new KernelMethod(
          Role.PART,
          """
          Lists where the windows, results and residuals of {@code count} output pixels lie, counted
          from pixel {@code first} of row {@code from}; the last one again up to a whole tile. The
          window of the first pixel of all begins at {@code corner}.
          """,
          "void",
          "locate",
          "int corner, int line, int pixel, Window window, View residual, View y, int from, int"
              + " first, int count, int[] at",
          """
          int row = from + first / y.width();
          int column = first % y.width();
          int listed = Math.min(PLACES, count + UNIT);
          for (int i = 0; i < listed; i++) {
            at[i] =
                corner
                    + row * window.strideHeight() * line
                    + column * window.strideWidth() * pixel;
            at[PLACES + i] = y.offset() + row * y.line() + column * y.pixel();
            at[2 * PLACES + i] = residual.offset() + row * residual.line() + column * residual.pixel();
            if (i < count - 1 && ++column == y.width()) {
              column = 0;
              row++;
            }
          }
          """,
          List.of());
}
