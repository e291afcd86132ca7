package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tiles of sums in registers: one flat loop over a run of channels, then what the layer does to the
 * sums.
 *
 * <p>The hot loop stands alone in a method per tile, and its sums live in the worker's scratch
 * between the rows of a window: C2 then keeps every operand in a register, where with the loops
 * over the window around it the same tile spilled (33 % instead of 97 % of the peak on Zen 4).
 */
final class TileKernels {

  private TileKernels() {}

  /** Name of the constant that says what happens to the sums of a tile. */
  static String finish(Epilogue epilogue) {
    String function = FunctionKernels.name(epilogue.activation());
    String constant = function.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    if (!epilogue.residual()) {
      return !epilogue.activates() ? "STORE" : constant;
    }
    return !epilogue.activates() ? "ADD" : "ADD_" + constant;
  }

  /** All pixels of a block, the outputs of one tile. */
  static KernelMethod panel(Lanes lanes, Tile tile, Collection<Epilogue> epilogues) {
    int width = tile.outputs(lanes.floats());
    KernelMethod finish = finish(epilogues);
    List<KernelMethod> calls = new ArrayList<>(gemms(lanes, tile));
    String body =
        each(
            lanes,
            tile,
            """
            %%2$s(at, p, at[SEGMENTS], run, w, weights, bias, 0, sums);
            for (int s = 1; s < segments; s++) {
              %%2$s(at, p, at[SEGMENTS + s], run, w + s * run * %1$s, arena, sums, %1$s, sums);
            }
            finish(finish, at, p, k, Math.min(%%1$s, count - p), %1$s, sums);
            """
                .formatted(width));
    calls.add(finish);
    return new KernelMethod(
        Role.PART,
        "All pixels of a block, %s outputs from k on.".formatted(tile.outputs(lanes.floats())),
        "void",
        name(tile),
        "int[] at, int count, int segments, int run, int w, int bias, int k, Finish finish, int"
            + " sums",
        body,
        calls);
  }

  /** One product of a block's pixels with a panel, into sums that lie side by side. */
  static KernelMethod multiply(Lanes lanes, Tile tile) {
    int width = tile.outputs(lanes.floats());
    return new KernelMethod(
        Role.PART,
        """
        The product of {@code count} pixels, listed from {@code first} on, with %s outputs: sums that
        begin at {@code start}, {@code step} floats a pixel.
        """
            .formatted(width),
        "void",
        "multiply%sx%s".formatted(tile.pixels(), tile.vectors()),
        "int[] at, int first, int count, int segment, int run, int w, float[] start, int from, int"
            + " step, int sums",
        each(
            lanes,
            tile,
            "%%2$s(at, first + p, segment, run, w, start, from + p * step, step, sums + p * %s);\n"
                .formatted(width)),
        gemms(lanes, tile));
  }

  /** The same where every read is listed by itself. */
  static KernelMethod listedPanel(Lanes lanes, Tile tile, Collection<Epilogue> epilogues) {
    List<KernelMethod> calls = new ArrayList<>();
    heights(tile).forEach(one -> calls.add(listedGemm(lanes, one)));
    calls.add(finish(epilogues));
    return new KernelMethod(
        Role.PART,
        "All pixels of a block, %s outputs from k on.".formatted(tile.outputs(lanes.floats())),
        "void",
        "listed" + Names.capital(name(tile)),
        "int[] at, int count, int reads, int w, int bias, int k, Finish finish, int sums",
        each(
            lanes,
            tile,
            """
            listed%%3$s(at, p, reads, w, bias, sums);
            finish(finish, at, p, k, Math.min(%%1$s, count - p), %1$s, sums);
            """
                .formatted(tile.outputs(lanes.floats()))),
        calls);
  }

  /** The tile and lower ones of the same width, for what is left of a block at its end. */
  private static List<Tile> heights(Tile tile) {
    return IntStream.of(tile.pixels(), 4, 1)
        .filter(pixels -> pixels <= tile.pixels())
        .distinct()
        .mapToObj(pixels -> new Tile(pixels, tile.vectors()))
        .toList();
  }

  /** The hot loops for a tile and lower ones. */
  static List<KernelMethod> gemms(Lanes lanes, Tile tile) {
    return heights(tile).stream().map(one -> gemm(lanes, one)).toList();
  }

  /**
   * Statements for {@code count} pixels from {@code p} on: whole tiles, one that reaches over the
   * end if much is left, else a lower one. The last eight are two tiles of 4, not one of 6 and half
   * of a 4.
   *
   * @param body for one tile; its pixels are {@code %1$s}, its hot loop {@code %2$s}, the same with
   *     a capital {@code %3$s}
   */
  static String each(Lanes lanes, Tile tile, String body) {
    return "int p = 0;\n" + each(lanes, tile, "count", body);
  }

  /** The same from wherever p stands to before {@code end}. */
  static String each(Lanes lanes, Tile tile, String end, String body) {
    List<Tile> heights = heights(tile);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < heights.size(); i++) {
      Tile one = heights.get(i);
      int left = i + 1 < heights.size() ? heights.get(i + 1).pixels() : 0;
      text.append(
          "for (; p%1$s < %4$s%2$s; p += %3$s) {\n"
              .formatted(
                  left == 0 ? "" : " + " + left,
                  one.pixels() == 6 && left == 4 ? " && p + 8 != " + end : "",
                  one.pixels(),
                  end));
      text.append(body.formatted(one.pixels(), gemm(one), Names.capital(gemm(one))).indent(2));
      text.append("}\n");
    }
    return text.toString();
  }

  /** Name of the method for a tile. */
  static String name(Tile tile) {
    return "panel%sx%s".formatted(tile.pixels(), tile.vectors());
  }

  /**
   * {@code sums[i][k] = start[i][k] + x[i][c] * w[c][k]} over a run of channels. Copying the bias
   * to the sums instead cost a tenth of a conv from 64 channels.
   */
  private static KernelMethod gemm(Lanes lanes, Tile tile) {
    return new KernelMethod(
        Role.PART,
        """
        %s pixels by %s vectors of outputs: {@code sums[i][k] = start[from + i * step + k] + sum of
        x[i][c] * w[c][k]} over a run of channels, in order. The first run of a window starts from
        the bias, the others go on with the sums.
        """
            .formatted(tile.pixels(), tile.vectors()),
        "void",
        gemm(tile),
        "int[] at, int p, int segment, int run, int w, float[] start, int from, int step, int sums",
        hotLoop(
            lanes,
            tile,
            "at[p + %1$s] + segment",
            "run",
            "",
            "c",
            "start, from + %1$s * step + %3$s"),
        List.of());
  }

  /** The same over everything that a window reads, in the order of the list. */
  private static KernelMethod listedGemm(Lanes lanes, Tile tile) {
    return new KernelMethod(
        Role.PART,
        """
        %s pixels by %s vectors of outputs: {@code sums[i][k] = bias[k] + sum of x[i][read] * w[c][k]}
        over the list of reads.
        """
            .formatted(tile.pixels(), tile.vectors()),
        "void",
        "listed" + Names.capital(gemm(tile)),
        "int[] at, int p, int reads, int w, int bias, int sums",
        hotLoop(
            lanes,
            tile,
            "at[p + %1$s]",
            "reads",
            "  int read = at[SEGMENTS + c];",
            "read",
            "weights, bias + %3$s"),
        List.of());
  }

  private static String gemm(Tile tile) {
    return "gemm%sx%s".formatted(tile.pixels(), tile.vectors());
  }

  /**
   * The one loop that matters.
   *
   * @param place where pixel {@code %1$s} lies
   * @param count number of steps
   * @param first what a step begins with
   * @param offset of a step's read from the pixel's place
   * @param start where the sums of pixel {@code %1$s}, vector {@code %2$s}, output {@code %3$s}
   *     begin
   */
  private static String hotLoop(
      Lanes lanes,
      Tile tile,
      String place,
      String count,
      String first,
      String offset,
      String start) {
    int width = lanes.floats();
    List<String> lines = new ArrayList<>();
    lines.add("final float[] arena = this.arena;");
    lines.add("final float[] weights = this.weights;");
    each(tile.pixels(), i -> lines.add(("int x%1$s = " + place + ";").formatted(i)));
    eachSum(
        tile,
        (i, v) -> lines.add(("V y%1$s_%2$s = @load(" + start + ");").formatted(i, v, v * width)));
    lines.add("for (int c = 0; c < %s; c++) {".formatted(count));
    if (!first.isEmpty()) {
      lines.add(first);
    }
    each(
        tile.vectors(),
        v ->
            lines.add(
                "  V w%s = @load(weights, w + c * %s + %s);"
                    .formatted(v, tile.vectors() * width, v * width)));
    each(
        tile.pixels(),
        i -> {
          lines.add("  V v%1$s = @broadcast(arena[x%1$s + %2$s]);".formatted(i, offset));
          each(
              tile.vectors(),
              v -> lines.add("  y%1$s_%2$s = @fma(v%1$s, w%2$s, y%1$s_%2$s);".formatted(i, v)));
        });
    lines.add("}");
    eachSum(
        tile,
        (i, v) ->
            lines.add(
                "@store(y%s_%s, arena, sums + %s);"
                    .formatted(i, v, (i * tile.vectors() + v) * width)));
    return String.join("\n", lines) + "\n";
  }

  /** The method that sends a tile's sums on, and one for each way to do so. */
  static KernelMethod finish(Collection<Epilogue> epilogues) {
    List<KernelMethod> calls = new ArrayList<>();
    String choice =
        DenseFinish.choice(epilogues, TileKernels::store, "at, p, k, pixels, width, sums", calls);
    calls.add(DenseFinish.of(epilogues));
    return new KernelMethod(
        Role.PART,
        "What a layer does to the sums of {@code pixels} pixels by {@code width} outputs.",
        "void",
        "finish",
        "Finish finish, int[] at, int p, int k, int pixels, int width, int sums",
        """
        int last = p + pixels - 1;
        int reach = (pixels - 1) * width;
        if (at[BLOCK + last] - at[BLOCK + p] == reach
            && at[2 * BLOCK + last] - at[2 * BLOCK + p] == reach) {
          finishDense(finish, at[BLOCK + p] + k, at[2 * BLOCK + p] + k, sums, reach + width);
          return;
        }
        %s\
        """
            .formatted(choice),
        calls);
  }

  /** Name of the method that stores a tile's sums. */
  static String storeName(Epilogue epilogue) {
    return "finish"
        + Arrays.stream(finish(epilogue).split("_", -1))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
  }

  private static KernelMethod store(Epilogue epilogue) {
    boolean activates = epilogue.activates();
    List<KernelMethod> calls =
        activates ? List.of(FunctionKernels.of(epilogue.activation())) : List.of();
    String value = epilogue.residual() ? "@add(sum, @load(arena, r + j))" : "sum";
    String result = activates ? "%s(%s)".formatted(calls.getFirst().name(), value) : value;
    return new KernelMethod(
        Role.PART,
        "Stores the sums of a tile%s%s."
            .formatted(
                epilogue.residual() ? " plus the residual" : "",
                activates ? ", through {@code " + epilogue.activation() + "}" : ""),
        "void",
        storeName(epilogue),
        "int[] at, int p, int k, int pixels, int width, int sums",
        """
        for (int i = 0; i < pixels; i++) {
          int y = at[BLOCK + p + i] + k;
        %s  for (int j = 0; j < width; j += $L) {
            V sum = @load(arena, sums + i * width + j);
            @store(%s, arena, y + j);
          }
        }
        """
            .formatted(epilogue.residual() ? "  int r = at[2 * BLOCK + p + i] + k;\n" : "", result),
        calls);
  }

  private static void each(int count, IntConsumer action) {
    IntStream.range(0, count).forEach(action);
  }

  private interface PerSum {
    void accept(int pixel, int vector);
  }

  private static void eachSum(Tile tile, PerSum action) {
    each(tile.pixels(), i -> each(tile.vectors(), v -> action.accept(i, v)));
  }
}
