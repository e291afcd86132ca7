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
    String places = each(pixels, "x${pixel}", ", ");
    String means = each(pixels, "mean${pixel}", ", ");
    return entry.method(
        """
        Layer norm (Ba et al., 2016) of each pixel: {@code y = (x - mean) / sqrt(variance + epsilon) *
        weight + bias}, the variance by a second pass.
        """,
        new Template(
                """
                int sums = scratch + worker * SCRATCH;
                int channels = x.channels();
                int last = y.width() - 1;
                for (int row = from; row < upTo; row++) {
                  for (int column = 0; column <= last; column += ${pixels}) {
                    int start = x.offset() + row * x.line();
                    ${findPixels}
                    sumsOfPixels(${places}, channels, sums);
                    ${findMeans}
                    squaresOfPixels(${places}, ${means}, channels, sums);
                    int y0 = y.offset() + row * y.line() + column * y.pixel();
                    ${normalise}
                  }
                }
                """)
            .with("pixels", pixels)
            .with("places", places)
            .with("means", means)
            .with(
                "findPixels",
                each(
                    pixels,
                    "int x${pixel} = start + Math.min(column + ${pixel}, last) * x.pixel();\n"))
            .with(
                "findMeans",
                each(pixels, "float mean${pixel} = joinedByHalves(sums + ${sums}) / channels;\n"))
            .with(
                "normalise",
                each(
                    pixels,
                    """
                    if (column + ${pixel} <= last) {
                      float variance = joinedByHalves(sums + ${sums}) / channels;
                      float factor = 1f / (float) Math.sqrt(variance + epsilon);
                      normalise(x${pixel}, mean${pixel}, factor, w, bias, y0 + ${pixel} * y.pixel(), channels);
                    }
                    """))
            .filled(),
        List.of(
            SumKernels.JOINED,
            partial(
                "sumsOfPixels",
                "Partial sums of some pixels.",
                "%s, int count, int sums".formatted(each(pixels, "int x${pixel}", ", ")),
                SumKernels.partial(
                    lanes,
                    pixels,
                    "s${vector} = @add(s${vector}, @load(arena, x${pixel} + i + ${first}));",
                    "arena[${sums} + i - whole] + arena[x${pixel} + i]")),
            partial(
                "squaresOfPixels",
                "Partial sums of their squared distances from their means.",
                "%s, %s, int count, int sums"
                    .formatted(
                        each(pixels, "int x${pixel}", ", "),
                        each(pixels, "float mean${pixel}", ", ")),
                SumKernels.partial(
                    lanes,
                    pixels,
                    """
                    V d${vector} = @sub(@load(arena, x${pixel} + i + ${first}), mean${pixel});
                    s${vector} = @fma(d${vector}, d${vector}, s${vector});\
                    """,
                    "Fma.fma(arena[x${pixel} + i] - mean${pixel}, arena[x${pixel} + i] -"
                        + " mean${pixel}, arena[${sums} + i - whole])")),
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

  /**
   * A text for each {@code ${pixel}}, which may say where its {@code ${sums}} lie among those of
   * all.
   */
  private static String each(int pixels, String text) {
    return each(pixels, text, "");
  }

  private static String each(int pixels, String text, String between) {
    return IntStream.range(0, pixels)
        .mapToObj(
            pixel ->
                new Template(text)
                    .with("pixel", pixel)
                    .offer("sums", SumKernels.PARTIAL * pixel)
                    .filled())
        .collect(Collectors.joining(between));
  }
}
