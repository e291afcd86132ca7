package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.emit.kernel.TileKernels.Start;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.kernel.StrassenConv;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Convs of one pixel by one step of Strassen's recursion in Winograd's form: of two pixels, two
 * halves of the channels and two halves of the outputs seven products instead of eight.
 *
 * <p>With A the pixels (rows 1 and 2, halves of channels 1 and 2) and B the weights:
 *
 * <pre>
 * S1 = A21 + A22   S2 = S1 - A11   S3 = A11 - A21   S4 = A12 - S2
 * T1 = B12 - B11   T2 = B22 - T1   T3 = B22 - B12   T4 = B21 - T2
 * U = A11 B11 + S2 T2   V = U + S3 T3   P = S1 T1
 * C11 = A11 B11 + A12 B21   C12 = U + P + S4 B22   C21 = V + A22 T4   C22 = V + P
 * </pre>
 *
 * <p>Each sum starts from the one before it, so only P is added by itself. The bias of the first
 * half of the outputs is in A11 B11 and with it in all four; P changes it into that of the second.
 */
final class StrassenKernels {
  private StrassenKernels() {}

  static KernelText text(StrassenConv conv) {
    Entry entry = Entry.tiled("strassen", conv.window(), conv.epilogue()).summing();
    return new KernelText(
        entry,
        List.of(
            new Need.Tiles(TileSet.STRASSEN, step -> Tile.padded(step.write().channels()) / 2),
            new Need.InMemory(Sharing.NONE, conv.epilogue())),
        parts -> method(entry, parts.lanes(), parts.tiles(TileSet.STRASSEN), parts.inMemory()));
  }

  /** The entry, for layers whose halves of outputs these tiles cover. */
  private static KernelMethod method(
      Entry entry, Lanes lanes, Collection<Tile> panels, Collection<Epilogue> epilogues) {
    List<KernelMethod> calls = new ArrayList<>(List.of(PAIR, MIX));
    StringBuilder text = new StringBuilder();
    for (Tile tile : panels) {
      KernelMethod panel = panel(lanes, tile, epilogues);
      calls.add(panel);
      text.append(
          new Template(
                  """
                  for (; k + ${outputs} <= middle; k += ${outputs}) {
                    ${panel}(at, pairs, whole, half, middle, plane, ${weights}, bias + k, k, finish, sums);
                  }
                  """)
              .with("outputs", tile.outputs(lanes.floats()))
              .with("panel", panel.name())
              .with(
                  "weights", PanelReads.of(lanes, tile).chosen(Tile.Use.CONV, "half * 7", "middle"))
              .filled());
    }
    return entry.method(
        """
        Units {@code from} to {@code upTo} of 24 pixels of a conv of one pixel by seven products for
        eight, after Strassen and Winograd: pixels of a unit's first half are paired with those of its
        second.
        """,
        new Template(
                """
                int[] at = this.at[worker];
                int sums = scratch + worker * SCRATCH;
                int mixed = sums + ${products};
                int half = x.channels() / 2;
                int middle = y.channels() / 2;
                int plane = SECONDS * half + ${apart};
                int pixels = y.height() * y.width();
                int end = pixels - upTo * UNIT < UNIT ? pixels : upTo * UNIT;
                int count;
                for (int first = from * UNIT; first < end; first += count) {
                  count = end - first < BLOCK ? end - first : BLOCK - UNIT;
                  int pairs = pair(x, window, residual, y, first, count, at);
                  int whole = pairs - count % 2;
                  mix(at, pairs, half, plane, mixed);
                  int k = 0;
                  ${panels}
                }
                """)
            .with("products", StrassenConv.PRODUCTS * StrassenConv.SUMS)
            .with("apart", StrassenConv.APART)
            .with("panels", text)
            .filled(),
        calls);
  }

  private static final KernelMethod PAIR =
      new KernelMethod(
          Role.PART,
          """
          Lists where the inputs, results and residuals of {@code count} output pixels from {@code
          first} on lie: of the first of each pair, from {@code SECONDS} on of the second; a last
          one without a second is its own. Returns the number of pairs.
          """,
          "int",
          "pair",
          "View x, Window window, View residual, View y, int first, int count, int[] at",
          """
          int pairs = 0;
          int end = first + count;
          int row = first / y.width();
          int column = first % y.width();
          int size;
          for (int unit = first; unit < end; unit += size) {
            size = end - unit < 2 * UNIT ? end - unit : UNIT;
            int half = (size + 1) / 2;
            for (int i = 0; i < size; i++) {
              int to = i < half ? pairs + i : SECONDS + pairs + i - half;
              at[to] =
                  x.offset()
                      + row * window.strideHeight() * x.line()
                      + column * window.strideWidth() * x.pixel();
              at[PLACES + to] = y.offset() + row * y.line() + column * y.pixel();
              at[2 * PLACES + to] =
                  residual.offset() + row * residual.line() + column * residual.pixel();
              if (++column == y.width()) {
                column = 0;
                row++;
              }
            }
            pairs += half;
          }
          if (count % 2 == 1) {
            at[SECONDS + pairs - 1] = at[pairs - 1];
          }
          for (int i = pairs; i < SECONDS; i++) {
            at[i] = at[pairs - 1];
            at[SECONDS + i] = at[SECONDS + pairs - 1];
          }
          return pairs;
          """,
          List.of());

  private static final KernelMethod MIX =
      new KernelMethod(
          Role.PART,
          "Sums and differences of each pair's halves of channels, and lists where they lie.",
          "void",
          "mix",
          "int[] at, int pairs, int half, int plane, int mixed",
          """
          final float[] arena = this.arena;
          for (int i = 0; i < pairs; i++) {
            int first = at[i];
            int second = at[SECONDS + i];
            int to = mixed + i * half;
            for (int c = 0; c < half; c += $L) {
              V one = @load(arena, first + c);
              V two = @load(arena, second + c);
              V sum = @add(two, @load(arena, second + half + c));
              V less = @sub(sum, one);
              @store(sum, arena, to + c);
              @store(less, arena, to + plane + c);
              @store(@sub(one, two), arena, to + 2 * plane + c);
              @store(@sub(@load(arena, first + half + c), less), arena, to + 3 * plane + c);
            }
          }
          for (int i = 0; i < SECONDS; i++) {
            at[SEGMENTS + i] = mixed + Math.min(i, pairs - 1) * half;
          }
          """,
          List.of());

  private static KernelMethod panel(Lanes lanes, Tile tile, Collection<Epilogue> epilogues) {
    int width = tile.outputs(lanes.floats());
    PanelReads reads = PanelReads.of(lanes, tile);
    KernelMethod multiply = TileKernels.multiply(lanes, tile, Start.BIAS);
    KernelMethod accumulate = TileKernels.multiply(lanes, tile, Start.SUMS);
    return new KernelMethod(
        Role.PART,
        """
        %s outputs of either half from k on for all pairs of a block, one product after the other, so
        that its weights are read once.
        """
            .formatted(width),
        "void",
        "strassen%sx%s".formatted(tile.pixels(), tile.vectors()),
        "int[] at, int pairs, int whole, int half, int middle, int plane, %s, int bias, int k, Finish finish, int sums"
            .formatted(reads.declared()),
        new Template(
                """
                int step = half * ${line};
                int u = sums;
                int v = u + ${sums};
                int out = v + ${sums};
                ${multiply}(at, 0, pairs, 0, half, ${w0}, bias, u);
                ${accumulate}(at, 0, pairs, half, half, ${w1}, u, out);
                finish(finish, at, 0, k, pairs, ${outputs}, out);
                ${accumulate}(at, SEGMENTS, pairs, plane, half, ${w2}, u, u);
                ${accumulate}(at, SEGMENTS, pairs, 2 * plane, half, ${w3}, u, v);
                ${accumulate}(at, SECONDS, pairs, half, half, ${w4}, v, out);
                finish(finish, at, SECONDS, k, whole, ${outputs}, out);
                ${multiply}(at, SEGMENTS, pairs, 0, half, ${w5}, bias + middle, out);
                combine(pairs, ${outputs}, bias, out, u, v);
                finish(finish, at, SECONDS, k + middle, whole, ${outputs}, v);
                ${accumulate}(at, SEGMENTS, pairs, 3 * plane, half, ${w6}, u, out);
                finish(finish, at, 0, k + middle, pairs, ${outputs}, out);
                """)
            .with("outputs", width)
            .with("sums", StrassenConv.SUMS)
            .with("multiply", multiply.name())
            .with("accumulate", accumulate.name())
            .with("line", reads.line())
            .with("w0", reads.passed("w"))
            .with("w1", reads.passed("w + step"))
            .with("w2", reads.passed("w + 2 * step"))
            .with("w3", reads.passed("w + 3 * step"))
            .with("w4", reads.passed("w + 4 * step"))
            .with("w5", reads.passed("w + 5 * step"))
            .with("w6", reads.passed("w + 6 * step"))
            .filled(),
        List.of(multiply, accumulate, COMBINE, TileFinish.of(lanes, epilogues)));
  }

  private static final KernelMethod COMBINE =
      new KernelMethod(
          Role.PART,
          "Adds {@code p} without the bias of the first half to {@code u} and to {@code v}.",
          "void",
          "combine",
          "int pairs, int width, int bias, int p, int u, int v",
          """
          final float[] arena = this.arena;
          for (int i = 0; i < pairs * width; i += width) {
            for (int j = 0; j < width; j += $L) {
              V more = @sub(@load(arena, p + i + j), @load(weights, bias + j));
              @store(@add(@load(arena, u + i + j), more), arena, u + i + j);
              @store(@add(@load(arena, v + i + j), more), arena, v + i + j);
            }
          }
          """,
          List.of());
}
