package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Convs and fcs: tiles of sums in registers, one flat loop over the channels.
 *
 * <p>The hot loop stands alone in a method per tile, and its sums live in the worker's scratch
 * between the rows of a window: C2 then keeps every operand in a register, where with the loops
 * over the window around it the same tile spilled (33 % instead of 97 % of the peak on Zen 4).
 */
final class ConvKernels {

  private ConvKernels() {}

  /** Name of the constant that says what happens to the sums of a tile. */
  static String finish(Epilogue epilogue) {
    String function = FunctionKernels.name(epilogue.activation());
    String constant = function.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    if (!epilogue.residual()) {
      return !epilogue.activates() ? "STORE" : constant;
    }
    return !epilogue.activates() ? "ADD" : "ADD_" + constant;
  }

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
      calls.add(panel(lanes, tile, epilogues));
      panels.append(
          """
          for (; k + %1$d <= to; k += %1$d) {
            %2$s(at, count, segments, run, w + k * reduction, bias + k, k, finish, sums);
          }
          """
              .formatted(tile.outputs(lanes.floats()), panelName(tile)));
    }
    return switch (use) {
      case CONV -> conv(panels.toString(), calls);
      case GROUPED_CONV -> grouped(lanes, calls);
      case FC -> fc(panels.toString(), calls);
    };
  }

  /** The tiles that some layer is covered with. */
  private static List<Tile> used(Tile.Use use, Lanes lanes, Set<Integer> outputs) {
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
            for (int k = block; k < block + 16; k += %1$d) {
              %2$s(at, count, segments, run, w + k * reduction, bias + k, k, finish, sums);
            }
          }
        }
        """
            .formatted(tile.outputs(lanes.floats()), panelName(tile)),
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

  private static KernelMethod panel(Lanes lanes, Tile tile, Collection<Epilogue> epilogues) {
    KernelMethod gemm = gemm(lanes, tile);
    KernelMethod finish = finish(epilogues);
    return new KernelMethod(
        Role.PART,
        "All pixels of a block, %d outputs from k on.".formatted(tile.outputs(lanes.floats())),
        "void",
        panelName(tile),
        "int[] at, int count, int segments, int run, int w, int bias, int k, Finish finish, int"
            + " sums",
        """
        for (int p = 0; p < count; p += %1$d) {
          %3$s(at, p, at[SEGMENTS], run, w, weights, bias, 0, sums);
          for (int s = 1; s < segments; s++) {
            %3$s(at, p, at[SEGMENTS + s], run, w + s * run * %2$d, arena, sums, %2$d, sums);
          }
          finish(finish, at, p, k, Math.min(%1$d, count - p), %2$d, sums);
        }
        """
            .formatted(tile.pixels(), tile.outputs(lanes.floats()), gemm.name()),
        List.of(gemm, finish));
  }

  private static String panelName(Tile tile) {
    return "panel%dx%d".formatted(tile.pixels(), tile.vectors());
  }

  /** {@code sums[i][k] += x[i][c] * w[c][k]} over a run of channels. */
  private static KernelMethod gemm(Lanes lanes, Tile tile) {
    int width = lanes.floats();
    List<String> lines = new ArrayList<>();
    lines.add("final float[] arena = this.arena;");
    lines.add("final float[] weights = this.weights;");
    each(tile.pixels(), i -> lines.add("int x%1$d = at[p + %1$d] + segment;".formatted(i)));
    eachSum(
        tile,
        (i, v) ->
            lines.add(
                "V y%1$d_%2$d = @load(before, b + %1$d * step + %3$d);".formatted(i, v, v * width)));
    lines.add("for (int c = 0; c < run; c++) {");
    each(
        tile.vectors(),
        v ->
            lines.add(
                "  V w%d = @load(weights, w + c * %d + %d);"
                    .formatted(v, tile.vectors() * width, v * width)));
    each(
        tile.pixels(),
        i -> {
          lines.add("  V v%1$d = @broadcast(arena[x%1$d + c]);".formatted(i));
          each(
              tile.vectors(),
              v -> lines.add("  y%1$d_%2$d = @fma(v%1$d, w%2$d, y%1$d_%2$d);".formatted(i, v)));
        });
    lines.add("}");
    eachSum(
        tile,
        (i, v) ->
            lines.add(
                "@store(y%d_%d, arena, sums + %d);"
                    .formatted(i, v, (i * tile.vectors() + v) * width)));
    return new KernelMethod(
        Role.PART,
        """
        %d pixels by %d vectors of outputs: {@code sums[i][k] += x[i][c] * w[c][k]} over a run of
        channels, in order.
        """
            .formatted(tile.pixels(), tile.vectors()),
        "void",
        "gemm%dx%d".formatted(tile.pixels(), tile.vectors()),
        "int[] at, int p, int segment, int run, int w, float[] before, int b, int step, int sums",
        String.join("\n", lines) + "\n",
        List.of());
  }

  /** The method that sends a tile's sums on, and one for each way to do so. */
  private static KernelMethod finish(Collection<Epilogue> epilogues) {
    List<KernelMethod> calls = new ArrayList<>();
    StringBuilder cases = new StringBuilder();
    Set<String> names = new TreeSet<>();
    for (Epilogue epilogue : epilogues) {
      if (names.add(finish(epilogue))) {
        KernelMethod store = store(epilogue);
        calls.add(store);
        cases.append(
            "  case %s -> %s(at, p, k, pixels, width, sums);\n"
                .formatted(finish(epilogue), store.name()));
      }
    }
    return new KernelMethod(
        Role.PART,
        "What a layer does to the sums of {@code pixels} pixels by {@code width} outputs.",
        "void",
        "finish",
        "Finish finish, int[] at, int p, int k, int pixels, int width, int sums",
        "switch (finish) {\n" + cases + "}\n",
        calls);
  }

  private static KernelMethod store(Epilogue epilogue) {
    boolean activates = epilogue.activates();
    List<KernelMethod> calls =
        activates ? List.of(FunctionKernels.of(epilogue.activation())) : List.of();
    String value = epilogue.residual() ? "@add(sum, @load(arena, r + j))" : "sum";
    String result = activates ? "%s(%s)".formatted(calls.getFirst().name(), value) : value;
    String camel =
        Arrays.stream(finish(epilogue).split("_", -1))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return new KernelMethod(
        Role.PART,
        "Stores the sums of a tile%s%s."
            .formatted(
                epilogue.residual() ? " plus the residual" : "",
                activates ? ", through {@code " + epilogue.activation() + "}" : ""),
        "void",
        "finish" + camel,
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
