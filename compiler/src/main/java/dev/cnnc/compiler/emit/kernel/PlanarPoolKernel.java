package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.PlanarPool;
import java.util.List;

/**
 * Pools of planar values: vectors run along rows. With a stride of two a result is made at every
 * column, and every second one is kept: so each has its sum in the order of its window.
 */
final class PlanarPoolKernel {

  private PlanarPoolKernel() {}

  private static String name(PlanarPool pool) {
    Window window = pool.window();
    return "planar%s%sx%sBy%s%s"
        .formatted(
            KernelMethod.capital(PoolKernel.name(pool.reduction())),
            window.height(),
            window.width(),
            window.strideWidth(),
            window.dilationWidth() == 1 ? "" : "Dilated" + window.dilationWidth());
  }

  static KernelText text(PlanarPool pool) {
    Entry entry =
        Entry.of(
            name(pool),
            Parameter.read("x", 0),
            Parameter.window(pool.window()),
            Parameter.write("y"));
    return new KernelText(
        entry,
        pool.window().strideWidth() == 2 ? List.of(new Need.EverySecond()) : List.of(),
        parts -> method(entry, parts.lanes(), pool));
  }

  private static KernelMethod method(Entry entry, Lanes lanes, PlanarPool pool) {
    String vector = vector(lanes, pool);
    String result = result(lanes, pool);
    String rest =
        new Template(
                """
                if (column < y.width()) {
                  ${vector}
                  @storeFirst(${result}, arena, y0 + column, y.width() - column);
                }
                """)
            .with("vector", vector)
            .with("result", result)
            .filled();
    return entry.method(
        "Rows {@code from} to {@code upTo} of a pool of planar values, all channels.",
        new Template(
                """
                final float[] arena = this.arena;
                int below = window.dilationHeight() * x.line();
                for (int channel = 0; channel < y.channels(); channel++) {
                  for (int row = from; row < upTo; row++) {
                    int line = x.offset() + channel * x.plane() + row * window.strideHeight() * x.line();
                    int y0 = y.offset() + channel * y.plane() + row * y.line();
                    int column = 0;
                    for (; column <= y.width() - $L; column += $L) {
                      ${vector}
                      @store(${result}, arena, y0 + column);
                    }
                    ${rest}
                  }
                }
                """)
            .with("vector", vector)
            .with("result", result)
            .with("rest", lanes.isScalar() ? "" : rest)
            .filled(),
        List.of());
  }

  /** One vector of results, or with a stride of two the two vectors that it is chosen from. */
  private static String vector(Lanes lanes, PlanarPool pool) {
    Window window = pool.window();
    StringBuilder text = new StringBuilder();
    text.append("int x0 = line + column * %s;\n".formatted(window.strideWidth()));
    for (int v = 0; v < vectors(lanes, window); v++) {
      for (int tap = 0; tap < window.taps(); tap++) {
        int row = tap / window.width();
        int column = tap % window.width() * window.dilationWidth() + v * lanes.floats();
        String place = "x0" + (row == 0 ? "" : " + %s * below".formatted(row)) + " + " + column;
        if (tap == 0) {
          text.append("V sum%s = @load(arena, %s);\n".formatted(v, place));
        } else {
          switch (pool.reduction()) {
            case AVERAGE ->
                text.append(
                    new Template("sum${v} = @add(sum${v}, @load(arena, ${place}));\n")
                        .with("v", v)
                        .with("place", place)
                        .filled());
            case MAX ->
                text.append(
                    new Template(
                            """
                            V v${v}_${tap} = @load(arena, ${place});
                            sum${v} = @orNaN(@ifMore(sum${v}, v${v}_${tap}), v${v}_${tap});
                            """)
                        .with("v", v)
                        .with("tap", tap)
                        .with("place", place)
                        .filled());
          }
        }
      }
    }
    return text.toString();
  }

  private static String result(Lanes lanes, PlanarPool pool) {
    Window window = pool.window();
    String sum = vectors(lanes, window) == 1 ? "sum0" : "@everySecond(sum0, sum1)";
    return pool.reduction() == Op.Reduction.MAX
        ? sum
        : "@div(%s, %sf)".formatted(sum, window.taps());
  }

  private static int vectors(Lanes lanes, Window window) {
    return lanes.isScalar() ? 1 : window.strideWidth();
  }
}
