package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Layer norm, some pixels at a time: a pixel's sum is a chain of additions that wait for each
 * other, so vectors of several are summed in turns. How many changes no bit, each has sums of its
 * own.
 */
final class LayerNormKernel {

  /** Vectors of partial sums that hide how long an addition takes. */
  private static final int CHAINS = 4;

  private LayerNormKernel() {}

  static KernelText text(RowByRow.LayerNorm norm) {
    Entry entry =
        Entry.withScratch(
            "layerNorm",
            Parameter.read("x", 0),
            Parameter.weight("w", 0),
            Parameter.weight("bias", 1),
            Parameter.real("epsilon", norm.epsilon()),
            Parameter.write("y"));
    return new KernelText(entry, List.of(), parts -> method(entry, parts.lanes()));
  }

  private static KernelMethod method(Entry entry, Lanes lanes) {
    int pixels = Math.max(1, CHAINS * lanes.floats() / SumKernels.PARTIAL);
    String places = each(pixels, "x%1$s", ", ");
    String means = each(pixels, "mean%1$s", ", ");
    return entry.method(
        """
        Layer norm (Ba et al., 2016) of each pixel: {@code y = (x - mean) / sqrt(variance + epsilon) *
        weight + bias}, the variance by a second pass.
        """,
        """
        int sums = scratch + worker * SCRATCH;
        int channels = x.channels();
        int last = y.width() - 1;
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column <= last; column += %1$s) {
            int start = x.offset() + row * x.line();
        %2$s    sumsOfPixels(%3$s, channels, sums);
        %4$s    squaresOfPixels(%3$s, %5$s, channels, sums);
            int y0 = y.offset() + row * y.line() + column * y.pixel();
        %6$s  }
        }
        """
            .formatted(
                pixels,
                each(
                    pixels, "    int x%1$s = start + Math.min(column + %1$s, last) * x.pixel();\n"),
                places,
                each(pixels, "    float mean%1$s = joinedByHalves(sums + %2$s) / channels;\n"),
                means,
                each(
                    pixels,
                    """
                        if (column + %1$s <= last) {
                          float variance = joinedByHalves(sums + %2$s) / channels;
                          float factor = 1f / (float) Math.sqrt(variance + epsilon);
                          normalise(x%1$s, mean%1$s, factor, w, bias, y0 + %1$s * y.pixel(), channels);
                        }
                    """)),
        List.of(
            SumKernels.JOINED,
            partial(
                "sumsOfPixels",
                "Partial sums of some pixels.",
                "%s, int count, int sums".formatted(each(pixels, "int x%1$s", ", ")),
                SumKernels.partial(
                    lanes,
                    pixels,
                    "s%1$s = @add(s%1$s, @load(arena, x%3$s + i + %2$s));",
                    "arena[%2$s + i - whole] + arena[x%1$s + i]")),
            partial(
                "squaresOfPixels",
                "Partial sums of their squared distances from their means.",
                "%s, %s, int count, int sums"
                    .formatted(
                        each(pixels, "int x%1$s", ", "), each(pixels, "float mean%1$s", ", ")),
                SumKernels.partial(
                    lanes,
                    pixels,
                    """
                    V d%1$s = @sub(@load(arena, x%3$s + i + %2$s), mean%3$s);
                      s%1$s = @fma(d%1$s, d%1$s, s%1$s);\
                    """,
                    "Fma.fma(arena[x%1$s + i] - mean%1$s, arena[x%1$s + i] - mean%1$s,"
                        + " arena[%2$s + i - whole])")),
            NORMALISE));
  }

  private static KernelMethod partial(String name, String doc, String parameters, String body) {
    return new KernelMethod(Role.PART, doc, "void", name, parameters, body, List.of());
  }

  private static final KernelMethod NORMALISE =
      new KernelMethod(
          Role.PART,
          "One pixel less its mean, times the factor, then by channel.",
          "void",
          "normalise",
          "int x, float mean, float factor, int w, int bias, int y, int channels",
          """
          final float[] arena = this.arena;
          for (int c = 0; c < channels; c += $L) {
            V v = @mul(@sub(@load(arena, x + c), mean), factor);
            @store(@fma(v, @load(weights, w + c), @load(weights, bias + c)), arena, y + c);
          }
          """,
          List.of());

  /** A text for each pixel: its number, where its partial sums lie among those of all. */
  private static String each(int pixels, String text) {
    return each(pixels, text, "");
  }

  private static String each(int pixels, String text, String between) {
    return IntStream.range(0, pixels)
        .mapToObj(pixel -> text.formatted(pixel, SumKernels.PARTIAL * pixel))
        .collect(Collectors.joining(between));
  }
}
