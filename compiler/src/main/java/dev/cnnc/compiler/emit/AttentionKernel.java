package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.plan.Kernel;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
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

  static KernelMethod of(Lanes lanes) {
    Tile tile = Tile.of(Tile.Use.GROUPED_CONV, lanes.floats()).getFirst();
    KernelMethod product = product(lanes, tile);
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
          for (int token = 0; token < tokens; token++) {
            int at = x.offset() + token / x.width() * x.line() + token %% x.width() * x.pixel();
            pack(at + head * size, y.channels(), token, tokens, size, q, k, v, %4$s);
          }
          for (int first = 0; first < tokens; first += %3$s) {
            for (int j = 0; j < keys; j += %4$s) {
              %5$s(q + first * size, size, k + j * size, size, scores + j, keys);
            }
            int count = Math.min(%3$s, tokens - first);
            for (int i = 0; i < count; i++) {
              float sum = powers(scores + i * keys, tokens, scale, sums);
              arena[sums + 16 + i] = 1f / sum;
            }
            for (int c = 0; c < values; c += %4$s) {
              %5$s(scores, keys, v + c * tokens, tokens, found + c, values);
            }
            for (int i = 0; i < count; i++) {
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
                tile.pixels(),
                tile.outputs(lanes.floats()),
                product.name()),
        List.of(PACK, product, powers(lanes), TIMES));
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
        "product%sx%s".formatted(tile.pixels(), tile.vectors()),
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

  private static KernelMethod powers(Lanes lanes) {
    return new KernelMethod(
        Role.PART,
        "Scores to {@code exp((x - largest) * scale)}; returns their sum.",
        "float",
        "powers",
        "int x, int count, float scale, int sums",
        """
        float largest = largestOf(x, count, sums);
        for (int i = 0; i < count; i += $L) {
          @store(exp(@mul(@sub(@load(arena, x + i), largest), scale)), arena, x + i);
        }
        return sumOf16(x, count, sums);
        """,
        List.of(SumKernels.LARGEST, FunctionKernels.exp(), SumKernels.sum(lanes)));
  }

  private static final KernelMethod PACK =
      new KernelMethod(
          Role.PART,
          """
          One token's query; its key, in panels of keys, and its value, in panels of channels: what
          belongs to one step of the sum lies side by side, as in the weights of a conv.
          """,
          "void",
          "pack",
          "int x, int channels, int token, int tokens, int size, int q, int k, int v, int panel",
          """
          System.arraycopy(arena, x, arena, q + token * size, size);
          int key = k + token / panel * panel * size + token % panel;
          for (int c = 0; c < size; c++) {
            arena[key + c * panel] = arena[x + channels + c];
          }
          for (int c = 0; c < size; c += panel) {
            int value = v + c * tokens + token * panel;
            System.arraycopy(arena, x + 2 * channels + c, arena, value, Math.min(panel, size - c));
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
