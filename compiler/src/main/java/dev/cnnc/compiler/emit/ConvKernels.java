package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Convs and fcs: which pixels, which outputs, which runs of channels; {@link TileKernels} do the
 * rest.
 */
final class ConvKernels {

  private ConvKernels() {}

  /**
   * The entry for all layers of one use.
   *
   * @param outputs numbers of outputs, padded, that the network has
   * @param epilogues all of the network
   */
  static KernelMethod conv(
      Lanes lanes, Tile.Use use, Set<Integer> outputs, Collection<Epilogue> epilogues) {
    List<KernelMethod> calls = new ArrayList<>();
    StringBuilder panels = new StringBuilder();
    for (Tile tile : used(use, lanes, outputs)) {
      calls.add(TileKernels.panel(lanes, tile, epilogues));
      panels.append(
          """
          for (; k + %1$s <= to; k += %1$s) {
            %2$s(at, count, segments, run, w + k * reduction, bias + k, k, finish, sums);
          }
          """
              .formatted(tile.outputs(lanes.floats()), TileKernels.name(tile)));
    }
    return switch (use) {
      case CONV -> conv(panels.toString(), calls);
      case GROUPED_CONV -> grouped(lanes, calls);
      case FC -> fc(panels.toString(), calls);
    };
  }

  /** The tiles that some layer is covered with. */
  static List<Tile> used(Tile.Use use, Lanes lanes, Set<Integer> outputs) {
    return Tile.of(use, lanes.floats()).stream()
        .filter(
            tile ->
                outputs.stream()
                    .anyMatch(count -> Tile.cover(use, lanes.floats(), count).contains(tile)))
        .toList();
  }

  private static KernelMethod conv(String panels, List<KernelMethod> calls) {
    List<KernelMethod> all = new ArrayList<>(calls);
    all.add(LOCATE);
    all.add(SEGMENT);
    return new KernelMethod(
        Role.ENTRY,
        """
        Rows {@code from} to {@code upTo} of a conv: {@code y[p][k] = bias[k] + sum of x[p + i][c] *
        w[k][i][c]} over the window's positions i and the channels c, then what {@code finish} says.
        """,
        "void",
        "conv",
        "View x, Window window, int w, int bias, View residual, View y, Finish finish, int from, "
            + "int upTo, int worker",
        """
        int[] at = this.at[worker];
        int sums = scratch + worker * SCRATCH;
        int segments = segment(x, x.channels(), window, at);
        int reduction = window.taps() * x.channels();
        int run = reduction / segments;
        int to = (y.channels() + 15) & -16;
        int pixels = (upTo - from) * y.width();
        for (int first = 0; first < pixels; first += BLOCK) {
          int count = Math.min(BLOCK, pixels - first);
          locate(x, 0, window, residual, y, from, first, count, at);
          int k = 0;
        %s}
        """
            .formatted(panels.indent(2)),
        all);
  }

  private static KernelMethod fc(String panels, List<KernelMethod> calls) {
    List<KernelMethod> all = new ArrayList<>(calls);
    all.add(SEGMENT);
    return new KernelMethod(
        Role.ENTRY,
        """
        Blocks {@code from} to {@code upTo} of 128 outputs of an fc, a conv whose window is all of x:
        {@code y[k] = bias[k] + sum of x[i][c] * w[k][i][c]}, then what {@code finish} says.
        """,
        "void",
        "fc",
        "View x, Window window, int w, int bias, View residual, View y, Finish finish, int from, "
            + "int upTo, int worker",
        """
        int[] at = this.at[worker];
        int sums = scratch + worker * SCRATCH;
        int segments = segment(x, x.channels(), window, at);
        int reduction = window.taps() * x.channels();
        int run = reduction / segments;
        int to = Math.min(upTo * 128, (y.channels() + 15) & -16);
        int count = 1;
        at[0] = x.offset();
        at[BLOCK] = y.offset();
        at[2 * BLOCK] = residual.offset();
        int k = from * 128;
        %s\
        """
            .formatted(panels),
        all);
  }

  private static KernelMethod grouped(Lanes lanes, List<KernelMethod> calls) {
    List<KernelMethod> all = new ArrayList<>(calls);
    all.add(LOCATE);
    all.add(SEGMENT);
    Tile tile = Tile.of(Tile.Use.GROUPED_CONV, lanes.floats()).getFirst();
    return new KernelMethod(
        Role.ENTRY,
        """
        Rows {@code from} to {@code upTo} of a grouped conv, 16 outputs at a time: they read {@code
        span} channels, those of all their groups, from the first channel of their first group on.
        """,
        "void",
        "groupedConv",
        "View x, Window window, int groups, int span, int w, int bias, View residual, View y, "
            + "Finish finish, int from, int upTo, int worker",
        """
        int[] at = this.at[worker];
        int sums = scratch + worker * SCRATCH;
        int group = x.channels() / groups;
        int perGroup = y.channels() / groups;
        int segments = segment(x, span, window, at);
        int reduction = window.taps() * span;
        int run = reduction / segments;
        int pixels = (upTo - from) * y.width();
        for (int first = 0; first < pixels; first += BLOCK) {
          int count = Math.min(BLOCK, pixels - first);
          for (int block = 0; block < y.channels(); block += 16) {
            int start = Math.min(block / perGroup * group, x.channels() - span);
            locate(x, start, window, residual, y, from, first, count, at);
            for (int k = block; k < block + 16; k += %1$s) {
              %2$s(at, count, segments, run, w + k * reduction, bias + k, k, finish, sums);
            }
          }
        }
        """
            .formatted(tile.outputs(lanes.floats()), TileKernels.name(tile)),
        all);
  }

  private static final KernelMethod SEGMENT =
      new KernelMethod(
          Role.PART,
          """
          Lists where the runs of a window begin: one for each of its rows if its channels lie side by
          side there, else one for each position; one in all if rows do too. Returns their number.
          """,
          "int",
          "segment",
          "View x, int channels, Window window, int[] at",
          """
          boolean joined = x.pixel() == channels && window.dilationWidth() == 1;
          boolean flat =
              joined && window.dilationHeight() == 1 && x.line() == window.width() * x.pixel();
          int rows = flat ? 1 : window.height();
          int columns = joined ? 1 : window.width();
          for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
              at[SEGMENTS + row * columns + column] =
                  row * window.dilationHeight() * x.line()
                      + column * window.dilationWidth() * x.pixel();
            }
          }
          return rows * columns;
          """,
          List.of());

  private static final KernelMethod LOCATE =
      new KernelMethod(
          Role.PART,
          """
          Lists where the windows, results and residuals of {@code count} output pixels lie, counted
          from pixel {@code first} of row {@code from}; the last one again up to a whole tile.
          """,
          "void",
          "locate",
          "View x, int channel, Window window, View residual, View y, int from, int first, int"
              + " count, int[] at",
          """
          int corner = x.offset() + channel - window.top() * x.line() - window.left() * x.pixel();
          int row = from + first / y.width();
          int column = first % y.width();
          for (int i = 0; i < BLOCK; i++) {
            at[i] =
                corner
                    + row * window.strideHeight() * x.line()
                    + column * window.strideWidth() * x.pixel();
            at[BLOCK + i] = y.offset() + row * y.line() + column * y.pixel();
            at[2 * BLOCK + i] = residual.offset() + row * residual.line() + column * residual.pixel();
            if (i < count - 1 && ++column == y.width()) {
              column = 0;
              row++;
            }
          }
          """,
          List.of());
}
