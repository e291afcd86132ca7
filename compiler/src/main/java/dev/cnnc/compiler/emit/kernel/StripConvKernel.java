package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.plan.kernel.StripConv;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * Convs from a planar value of few channels to one vector of outputs, channels last: each number of
 * a row is repeated in a vector once, for all the pixels of a strip that see it.
 *
 * <p>To repeat it for each of them is what such a conv otherwise waits for. Vectors of fewer lanes
 * than outputs do more with each, so there the sums are those of all convs of few channels.
 */
final class StripConvKernel {

  private StripConvKernel() {}

  static KernelText text(StripConv conv) {
    Entry entry =
        Entry.tiled(
            "convOfStrips%sx%s".formatted(conv.strip(), conv.window().width()),
            conv.window(),
            conv.epilogue());
    return new KernelText(
        entry,
        List.of(new Need.InMemory(Sharing.LISTED, conv.epilogue())),
        parts -> method(entry, parts.lanes(), conv, parts.finishing(Sharing.LISTED)));
  }

  private static KernelMethod method(
      Entry entry, Lanes lanes, StripConv conv, Finishing finishing) {
    boolean strips = lanes.floats() == Tile.OUTPUTS;
    List<KernelMethod> calls = new ArrayList<>(List.of(ConvKernels.LOCATE, LIST));
    String sums;
    if (strips) {
      KernelMethod strip = strip(conv);
      calls.addAll(List.of(strip, TileFinish.of(lanes, finishing.others())));
      sums =
          """
          for (int row = 0; row < count; row += y.width()) {
            for (int column = 0; column < y.width(); column += %2$s) {
              int p = row + Math.min(column, y.width() - %2$s);
              %1$s(at, at[p], reads, w, bias, sums + p * $L);
            }
          }
          finish(finish, at, 0, 0, count, $L, sums);
          """
              .formatted(strip.name(), conv.strip());
    } else {
      List<Tile> tiles =
          Tile.cover(Tile.Use.CONV, lanes.floats(), Tile.OUTPUTS).stream().distinct().toList();
      sums = "int k = 0;\n" + FewChannelsKernel.panels(lanes, tiles, finishing, calls);
    }
    return entry.method(
        """
        Rows {@code from} to {@code upTo} of a conv of few planar channels to a vector of outputs:
        {@code y[p][k] = bias[k] + sum of x[c][p + i] * w[k][c][i]}, channel by channel.
        """,
        """
        int[] at = this.at[worker];
        int sums = scratch + worker * SCRATCH;
        int reads = listByChannels(x, window, at);
        int corner = x.offset() - window.top() * x.line() - window.left();
        %sint band = BLOCK / y.width();
        for (int first = from; first < upTo; first += band) {
          int count = Math.min(band, upTo - first) * y.width();
          locate(corner, x.line(), 1, window, residual, y, first, 0, count, at);
        %s}
        """
            .formatted(strips ? "" : "int to = 16;\n", sums.indent(2)),
        calls);
  }

  private static KernelMethod strip(StripConv conv) {
    int width = conv.window().width();
    List<String> lines = new ArrayList<>();
    lines.add("final float[] arena = this.arena;");
    lines.add("final float[] weights = this.weights;");
    for (int p = 0; p < conv.strip(); p++) {
      lines.add("V y%s = @load(weights, bias);".formatted(p));
    }
    lines.add("for (int c = 0; c < reads; c += %s) {".formatted(width));
    lines.add("  int row = x + at[SEGMENTS + c];");
    for (int tap = 0; tap < width; tap++) {
      lines.add(
          "  V w%1$s = @load(weights, w + c * %2$s + %3$s);"
              .formatted(tap, Tile.OUTPUTS, tap * Tile.OUTPUTS));
    }
    for (int column = 0; column < conv.strip() + width - 1; column++) {
      lines.add("  V v%1$s = @broadcast(arena[row + %1$s]);".formatted(column));
      for (int tap = 0; tap < width; tap++) {
        if (column - tap >= 0 && column - tap < conv.strip()) {
          lines.add("  y%1$s = @fma(v%2$s, w%3$s, y%1$s);".formatted(column - tap, column, tap));
        }
      }
    }
    lines.add("}");
    for (int p = 0; p < conv.strip(); p++) {
      lines.add("@store(y%s, arena, sums + %s);".formatted(p, p * Tile.OUTPUTS));
    }
    return new KernelMethod(
        Role.PART,
        "%s pixels of a row by a vector of outputs, over all the rows that their windows see."
            .formatted(conv.strip()),
        "void",
        "strip%sx%s".formatted(conv.strip(), width),
        "int[] at, int x, int reads, int w, int bias, int sums",
        String.join("\n", lines) + "\n",
        List.of());
  }

  private static final KernelMethod LIST =
      new KernelMethod(
          Role.PART,
          "Lists what a window reads, channel by channel. Returns how many.",
          "int",
          "listByChannels",
          "View x, Window window, int[] at",
          """
          int reads = 0;
          for (int channel = 0; channel < x.channels(); channel++) {
            for (int row = 0; row < window.height(); row++) {
              int line = channel * x.plane() + row * window.dilationHeight() * x.line();
              for (int column = 0; column < window.width(); column++) {
                at[SEGMENTS + reads++] = line + column;
              }
            }
          }
          return reads;
          """,
          List.of());
}
