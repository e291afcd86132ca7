package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.plan.Kernel;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Attention, head by head: keys and values are packed like the weights of a conv, so that both
 * products are tiles of sums in registers; a block of queries goes all the way while its scores are
 * in the nearest cache.
 */
final class AttentionKernel {

  private AttentionKernel() {}

  /**
   * The entry.
   *
   * @param panels tiles that cover all keys and all channels of a head, widest first
   */
  static KernelMethod of(Lanes lanes, Collection<Tile> panels) {
    List<KernelMethod> calls = new ArrayList<>(List.of(LINE_UP, PACK_KEYS, PACK_VALUES));
    panels.forEach(panel -> calls.add(product(lanes, panel)));
    calls.add(powers(lanes));
    calls.add(TIMES);
    return new KernelMethod(
        Role.ENTRY,
        """
        Heads {@code from} to {@code upTo} of attention (Vaswani et al., 2017): {@code y =
        softmax(q k / sqrt(size)) v}. The channels of x are all queries, all keys, all values.
        """,
        "void",
        "attend",
        "View x, View y, int heads, int from, int upTo, int worker",
        """
        int size = y.channels() / heads;
        int tokens = y.height() * y.width();
        int keys = (tokens + 15) & -16;
        int values = (size + 15) & -16;
        float scale = (float) (1 / Math.sqrt(size));
        int sums = scratch + worker * SCRATCH;
        int scores = sums + %1$s;
        int found = scores + %2$s * keys;
        int k = found + %2$s * values;
        int v = k + keys * size;
        int q = v + tokens * values;
        for (int head = from; head < upTo; head++) {
          lineUp(x, head * size, size, q);
          int j = 0;
        %3$s  int c = 0;
        %4$s  for (int first = 0; first < tokens; first += %2$s) {
            j = 0;
        %5$s    int count = Math.min(%2$s, tokens - first);
            for (int i = 0; i < count; i++) {
              float sum = powers(scores + i * keys, tokens, scale, sums);
              arena[sums + 16 + i] = 1f / sum;
            }
            c = 0;
        %6$s    for (int i = 0; i < count; i++) {
              int token = first + i;
              int at = y.offset() + token / y.width() * y.line() + token %% y.width() * y.pixel();
              times(found + i * values, arena[sums + 16 + i], size, at + head * size);
            }
          }
        }
        """
            .formatted(
                Kernel.Attention.SUMS,
                Kernel.Attention.QUERIES,
                each(
                    lanes,
                    panels,
                    "j",
                    "keys",
                    "  packKeys(x, y.channels() + head * size, j, %1$s, size, k + j * size);\n"),
                each(
                    lanes,
                    panels,
                    "c",
                    "values",
                    "  packValues(x, 2 * y.channels() + head * size + c, %1$s, size - c, v + c *"
                        + " tokens);\n"),
                each(
                    lanes,
                    panels,
                    "j",
                    "keys",
                    """
                      for (int i = 0; i < %3$s; i += %2$s) {
                        %4$s(q + (first + i) * size, size, k + j * size, size, scores + i * keys + j, keys);
                      }
                    """),
                each(
                    lanes,
                    panels,
                    "c",
                    "values",
                    """
                      for (int i = 0; i < %3$s; i += %2$s) {
                        %4$s(scores + i * keys, keys, v + c * tokens, tokens, found + i * values + c,
                            values);
                      }
                    """)),
        calls);
  }

  /**
   * A loop over panels, for each width of them.
   *
   * @param body for a panel; its width is {@code %1$s}, rows of its tile {@code %2$s}, queries in a
   *     block {@code %3$s}, its product {@code %4$s}
   */
  private static String each(
      Lanes lanes, Collection<Tile> panels, String index, String end, String body) {
    return panels.stream()
        .map(
            panel -> {
              int width = panel.outputs(lanes.floats());
              String inside =
                  body.formatted(width, panel.pixels(), Kernel.Attention.QUERIES, name(panel));
              return "for (; %1$s + %3$s <= %2$s; %1$s += %3$s) {\n%4$s}\n"
                  .formatted(index, end, width, inside);
            })
        .collect(Collectors.joining());
  }

  private static String name(Tile tile) {
    return "product%sx%s".formatted(tile.pixels(), tile.vectors());
  }

  private static KernelMethod product(Lanes lanes, Tile tile) {
    int width = lanes.floats();
    int outputs = tile.outputs(width);
    List<String> lines = new ArrayList<>();
    lines.add("final float[] arena = this.arena;");
    lines.add(each(tile, "V y%1$s_%2$s = @broadcast(0f);", width));
    lines.add("for (int c = 0; c < run; c++) {");
    for (int v = 0; v < tile.vectors(); v++) {
      lines.add("  V w%s = @load(arena, w + c * %s + %s);".formatted(v, outputs, v * width));
    }
    for (int i = 0; i < tile.pixels(); i++) {
      lines.add("  V v%1$s = @broadcast(arena[x + %1$s * line + c]);".formatted(i));
      for (int v = 0; v < tile.vectors(); v++) {
        lines.add("  y%1$s_%2$s = @fma(v%1$s, w%2$s, y%1$s_%2$s);".formatted(i, v));
      }
    }
    lines.add("}");
    lines.add(each(tile, "@store(y%1$s_%2$s, arena, y + %1$s * pitch + %3$s);", width));
    return new KernelMethod(
        Role.PART,
        """
        %s rows by %s vectors: {@code y[i][j] = sum of x[i][c] * w[c][j]} over c, in order.
        """
            .formatted(tile.pixels(), tile.vectors()),
        "void",
        name(tile),
        "int x, int line, int w, int run, int y, int pitch",
        String.join("\n", lines) + "\n",
        List.of());
  }

  private static String each(Tile tile, String line, int width) {
    return IntStream.range(0, tile.pixels() * tile.vectors())
        .mapToObj(
            i -> line.formatted(i / tile.vectors(), i % tile.vectors(), i % tile.vectors() * width))
        .collect(Collectors.joining("\n"));
  }

  /** What is not a number may be lost to the largest: its power is not one either. */
  private static KernelMethod powers(Lanes lanes) {
    return new KernelMethod(
        Role.PART,
        "Scores to {@code exp((x - largest) * scale)}; returns their sum.",
        "float",
        "powers",
        "int x, int count, float scale, int sums",
        """
        final float[] arena = this.arena;
        V most = @broadcast(Float.NEGATIVE_INFINITY);
        int i = 0;
        for (; i + $L <= count; i += $L) {
          most = @ifMore(most, @load(arena, x + i));
        }
        @store(most, arena, sums);
        float largest = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < $L; j++) {
          largest = arena[sums + j] > largest ? arena[sums + j] : largest;
        }
        for (; i < count; i++) {
          largest = arena[x + i] > largest ? arena[x + i] : largest;
        }
        for (i = 0; i < count; i += $L) {
          @store(exp(@mul(@sub(@load(arena, x + i), largest), scale)), arena, x + i);
        }
        return sumOf16(x, count, sums);
        """,
        List.of(FunctionKernels.exp(), SumKernels.sum(lanes)));
  }

  private static final KernelMethod LINE_UP =
      new KernelMethod(
          Role.PART,
          "Copies {@code size} channels of all tokens, one token behind the other.",
          "void",
          "lineUp",
          "View x, int channel, int size, int y",
          """
          for (int token = 0; token < x.height() * x.width(); token++) {
            int at = x.offset() + token / x.width() * x.line() + token % x.width() * x.pixel();
            System.arraycopy(arena, at + channel, arena, y + token * size, size);
          }
          """,
          List.of());

  private static final KernelMethod PACK_KEYS =
      new KernelMethod(
          Role.PART,
          """
          A panel of {@code width} keys from {@code first} on: a channel of all of them lies side by
          side, as in the weights of a conv.
          """,
          "void",
          "packKeys",
          "View x, int channel, int first, int width, int size, int k",
          """
          int count = Math.min(width, x.height() * x.width() - first);
          for (int i = 0; i < count; i++) {
            int token = first + i;
            int at = x.offset() + token / x.width() * x.line() + token % x.width() * x.pixel();
            for (int c = 0; c < size; c++) {
              arena[k + i + c * width] = arena[at + channel + c];
            }
          }
          """,
          List.of());

  private static final KernelMethod PACK_VALUES =
      new KernelMethod(
          Role.PART,
          "A panel of {@code width} channels of all tokens, of which {@code left} are there.",
          "void",
          "packValues",
          "View x, int channel, int width, int left, int v",
          """
          int count = Math.clamp(left, 0, width);
          for (int token = 0; token < x.height() * x.width(); token++) {
            int at = x.offset() + token / x.width() * x.line() + token % x.width() * x.pixel();
            System.arraycopy(arena, at + channel, arena, v + token * width, count);
          }
          """,
          List.of());

  private static final KernelMethod TIMES =
      new KernelMethod(
          Role.PART,
          "{@code y[i] = x[i] * factor}, and nothing behind: other heads lie there.",
          "void",
          "times",
          "int x, float factor, int count, int y",
          """
          int i = 0;
          for (; i + $L <= count; i += $L) {
            @store(@mul(@load(arena, x + i), factor), arena, y + i);
          }
          for (; i < count; i++) {
            arena[y + i] = arena[x + i] * factor;
          }
          """,
          List.of());
}
