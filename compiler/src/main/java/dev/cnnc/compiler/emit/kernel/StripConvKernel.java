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
          new Template(
                  """
                  for (int row = 0; row < count; row += y.width()) {
                    for (int column = 0; column < y.width(); column += ${pixels}) {
                      int p = row + Math.min(column, y.width() - ${pixels});
                      ${strip}(at, at[p], reads, w, bias, sums + p * $L);
                    }
                  }
                  finish(finish, at, 0, 0, count, $L, sums);
                  """)
              .with("pixels", conv.strip())
              .with("strip", strip.name())
              .filled();
    } else {
      List<Tile> tiles =
          Tile.cover(Tile.Use.CONV, lanes.floats(), Tile.OUTPUTS).stream().distinct().toList();
      Panels panels = Panels.of(lanes, TileSet.LISTED, tiles, finishing);
      calls.addAll(panels.methods());
      sums = "int k = 0;\n" + panels.text();
    }
    return entry.method(
        """
        Rows {@code from} to {@code upTo} of a conv of few planar channels to a vector of outputs:
        {@code y[p][k] = bias[k] + sum of x[c][p + i] * w[k][c][i]}, channel by channel.
        """,
        new Template(
                """
                int[] at = this.at[worker];
                int sums = scratch + worker * SCRATCH;
                int reads = listByChannels(x, window, at);
                int corner = x.offset() - window.top() * x.line() - window.left();
                ${outputs}
                int band = BLOCK / y.width();
                for (int first = from; first < upTo; first += band) {
                  int count = Math.min(band, upTo - first) * y.width();
                  locate(corner, x.line(), 1, window, residual, y, first, 0, count, at);
                  ${sums}
                }
                """)
            .with("outputs", strips ? "" : "int to = %s;\n".formatted(Tile.OUTPUTS))
            .with("sums", sums)
            .filled(),
        calls);
  }

  private static KernelMethod strip(StripConv conv) {
    int width = conv.window().width();
    StringBuilder steps = new StringBuilder();
    for (int tap = 0; tap < width; tap++) {
      steps.append(
          new Template("V w${tap} = @load(weights, w + c * ${outputs} + ${place});\n")
              .with("tap", tap)
              .with("outputs", Tile.OUTPUTS)
              .with("place", tap * Tile.OUTPUTS)
              .filled());
    }
    for (int column = 0; column < conv.strip() + width - 1; column++) {
      steps.append(
          new Template("V v${column} = @broadcast(arena[row + ${column}]);\n")
              .with("column", column)
              .filled());
      for (int tap = 0; tap < width; tap++) {
        if (column - tap >= 0 && column - tap < conv.strip()) {
          steps.append(
              new Template("y${pixel} = @mac(v${column}, w${tap}, y${pixel});\n")
                  .with("pixel", column - tap)
                  .with("column", column)
                  .with("tap", tap)
                  .filled());
        }
      }
    }
    StringBuilder stores = new StringBuilder();
    for (int p = 0; p < conv.strip(); p++) {
      stores.append("@store(y%s, arena, sums + %s);\n".formatted(p, p * Tile.OUTPUTS));
    }
    return new KernelMethod(
        Role.PART,
        "%s pixels of a row by a vector of outputs, over all the rows that their windows see."
            .formatted(conv.strip()),
        "void",
        "strip%sx%s".formatted(conv.strip(), width),
        "int[] at, int x, int reads, int w, int bias, int sums",
        new Template(
                """
                final float[] arena = this.arena;
                final float[] weights = this.weights;
                ${starts}
                for (int c = 0; c < reads; c += ${width}) {
                  int row = x + at[SEGMENTS + c];
                  ${steps}
                }
                ${stores}
                """)
            .with(
                "starts",
                new Template("V y${pixel} = @load(weights, bias);\n").each("pixel", conv.strip()))
            .with("width", width)
            .with("steps", steps)
            .with("stores", stores)
            .filled(),
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
