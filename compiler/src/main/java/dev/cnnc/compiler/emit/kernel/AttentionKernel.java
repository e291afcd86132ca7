package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.plan.kernel.Attention;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Attention, head by head: keys and values are packed like the weights of a conv, so that both
 * products are tiles of sums in registers; a block of queries goes all the way while its scores are
 * in the nearest cache.
 */
final class AttentionKernel {

  private AttentionKernel() {}

  static KernelText text(Attention attention) {
    Entry entry =
        Entry.withScratch(
            "attend",
            Parameter.read("x", 0),
            Parameter.write("y"),
            Parameter.number("heads", attention.heads()));
    return new KernelText(
        entry,
        List.of(
            new Need.Tiles(
                TileSet.ATTENTION,
                step -> Tile.padded(step.write().height() * step.write().width())),
            new Need.Tiles(
                TileSet.ATTENTION,
                step -> Tile.padded(step.write().channels() / attention.heads()))),
        parts -> method(entry, parts.lanes(), parts.tiles(TileSet.ATTENTION)));
  }

  /**
   * The entry.
   *
   * @param panels tiles that cover all keys and all channels of a head, widest first
   */
  private static KernelMethod method(Entry entry, Lanes lanes, Collection<Tile> panels) {
    List<KernelMethod> calls = new ArrayList<>(List.of(LINE_UP, PACK_KEYS, PACK_VALUES));
    panels.forEach(panel -> calls.add(product(lanes, panel)));
    calls.add(powers(lanes));
    calls.add(TIMES);
    return entry.method(
        """
        Heads {@code from} to {@code upTo} of attention (Vaswani et al., 2017): {@code y =
        softmax(q k / sqrt(size)) v}. The channels of x are all queries, all keys, all values.
        """,
        new Template(
                """
                int size = y.channels() / heads;
                int tokens = y.height() * y.width();
                int keys = ${paddedTokens};
                int values = ${paddedSize};
                float scale = (float) (1 / Math.sqrt(size));
                int sums = scratch + worker * SCRATCH;
                int start = sums + ${sums};
                Arrays.fill(arena, start, start + tokens, 0f);
                Arrays.fill(arena, start + tokens, start + keys, Float.NEGATIVE_INFINITY); // no such keys
                int zeros = start + keys;
                Arrays.fill(arena, zeros, zeros + values, 0f);
                int scores = zeros + values;
                int found = scores + ${queries} * keys;
                int k = found + ${queries} * values;
                int v = k + keys * size;
                int q = v + tokens * values;
                for (int head = from; head < upTo; head++) {
                  lineUp(x, y.channels() + head * size, size, q);
                  int j = 0;
                ${packKeys}
                  lineUp(x, head * size, size, q);
                  int c = 0;
                ${packValues}
                  for (int first = 0; first < tokens; first += ${queries}) {
                    j = 0;
                ${scores}
                    int count = Math.min(${queries}, tokens - first);
                    for (int i = 0; i < count; i++) {
                      float sum = powers(scores + i * keys, keys, scale, sums);
                      arena[sums + ${factors} + i] = 1f / sum;
                    }
                    c = 0;
                ${results}
                    for (int i = 0; i < count; i++) {
                      int token = first + i;
                      int at = y.offset() + token / y.width() * y.line() + token % y.width() * y.pixel();
                      times(found + i * values, arena[sums + ${factors} + i], size, at + head * size);
                    }
                  }
                }
                """)
            .with("paddedTokens", TileKernels.padded("tokens"))
            .with("paddedSize", TileKernels.padded("size"))
            .with("sums", Attention.SUMS)
            .with("factors", SumKernels.PARTIAL)
            .with("queries", Attention.QUERIES)
            .with(
                "packKeys",
                each(
                    lanes,
                    panels,
                    "j",
                    "keys",
                    "packKeys(q + j * size, tokens - j, ${width}, size, k + j * size);\n"))
            .with(
                "packValues",
                each(
                    lanes,
                    panels,
                    "c",
                    "values",
                    "packValues(x, 2 * y.channels() + head * size + c, ${width}, size - c, v + c *"
                        + " tokens);\n"))
            .with(
                "scores",
                each(
                    lanes,
                    panels,
                    "j",
                    "keys",
                    """
                    for (int i = 0; i < ${queries}; i += ${rows}) {
                      ${product}(q + (first + i) * size, size, k + j * size, size, start + j, scores + i * keys + j,
                          keys);
                    }
                    """))
            .with(
                "results",
                each(
                    lanes,
                    panels,
                    "c",
                    "values",
                    """
                    for (int i = 0; i < ${queries}; i += ${rows}) {
                      ${product}(scores + i * keys, keys, v + c * tokens, tokens, zeros + c,
                          found + i * values + c, values);
                    }
                    """))
            .filled(),
        calls);
  }

  /**
   * A loop over panels, for each width of them.
   *
   * @param body for a panel, which may say its {@code ${width}}, the {@code ${rows}} of its tile,
   *     the {@code ${queries}} of a block, and the name of its {@code ${product}}
   */
  private static String each(
      Lanes lanes, Collection<Tile> panels, String index, String end, String body) {
    return panels.stream()
        .map(
            panel -> {
              int width = panel.outputs(lanes.floats());
              String inside =
                  new Template(body)
                      .offer("width", width)
                      .offer("rows", panel.pixels())
                      .offer("queries", Attention.QUERIES)
                      .offer("product", name(panel))
                      .filled();
              return new Template(
                      """
                      for (; ${index} + ${width} <= ${end}; ${index} += ${width}) {
                        ${body}
                      }
                      """)
                  .with("index", index)
                  .with("width", width)
                  .with("end", end)
                  .with("body", inside)
                  .filled();
            })
        .collect(Collectors.joining());
  }

  private static String name(Tile tile) {
    return "product%sx%s".formatted(tile.pixels(), tile.vectors());
  }

  private static KernelMethod product(Lanes lanes, Tile tile) {
    List<String> stores =
        HotLoop.stores(
            lanes, tile, (pixel, output) -> "y + %s * pitch + %s".formatted(pixel, output));
    return new KernelMethod(
        Role.PART,
        """
        %s: {@code y[i][j] = start[j] + sum of x[i][c] * w[c][j]} over c, in
        order.
        """
            .formatted(TileKernels.words(tile, "row")),
        "void",
        name(tile),
        "int x, int line, int w, int run, int start, int y, int pitch",
        HotLoop.OF_ROWS.fromStart(lanes, tile, "start", stores),
        List.of());
  }

  /**
   * What is not a number may be lost to the largest: its power is not one either.
   *
   * <p>The text has one {@code exp}. C2 stops inlining our methods at 18,000 nodes of a compilation
   * ({@code NodeCountInliningCutoff}): two of them passed that, and each run allocated vectors.
   */
  private static KernelMethod powers(Lanes lanes) {
    return new KernelMethod(
        Role.PART,
        """
        Scores, some sixteens, to {@code exp((x - largest) * scale)}; returns their sum, to which
        those of keys that are not there add nothing.
        """,
        "float",
        "powers",
        "int x, int count, float scale, int sums",
        new Template(
                """
                final float[] arena = this.arena;
                ${starts}
                for (int i = 0; i < count; i += ${partial}) {
                  ${most}
                }
                ${storeMost}
                float largest = largestByHalves(sums);
                for (int i = 0; i < count; i += $L) {
                  @store(exp(@mul(@sub(@load(arena, x + i), largest), scale)), arena, x + i);
                }
                return sumOf16(x, count, sums);
                """)
            .with("partial", SumKernels.PARTIAL)
            .with("starts", of16(lanes, "V most${vector} = @broadcast(Float.NEGATIVE_INFINITY);\n"))
            .with(
                "most",
                of16(
                    lanes,
                    "most${vector} = @ifMore(most${vector}, @load(arena, x + i + ${first}));\n"))
            .with("storeMost", of16(lanes, "@store(most${vector}, arena, sums + ${first});\n"))
            .filled(),
        List.of(FunctionKernels.exp(), SumKernels.LARGEST_BY_HALVES, SumKernels.sum(lanes)));
  }

  /** A text for each {@code ${vector}} of 16 elements, the {@code ${first}} of which it may say. */
  private static String of16(Lanes lanes, String line) {
    return SumKernels.each(lanes, 1, line);
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
          A panel of {@code width} keys, of which {@code left} are there: a channel of all of them
          lies side by side, as in the weights of a conv.
          """,
          "void",
          "packKeys",
          "int x, int left, int width, int size, int k",
          """
          final float[] arena = this.arena;
          int count = Math.clamp(left, 0, width);
          for (int i = 0; i < count; i++) {
            for (int c = 0; c < size; c++) {
              arena[k + i + c * width] = arena[x + i * size + c];
            }
          }
          for (int i = count; i < width; i++) {
            for (int c = 0; c < size; c++) {
              arena[k + i + c * width] = 0f; // what was left here may be no number
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
