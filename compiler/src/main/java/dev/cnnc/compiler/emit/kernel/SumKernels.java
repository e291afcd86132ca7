package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reductions over elements that lie side by side. Element i goes into partial sum i mod 16 at every
 * width, and one tree joins those: so the bits are the same on every machine.
 */
final class SumKernels {

  /** Sums in which the elements are added up before those are joined. */
  static final int PARTIAL = 16;

  private SumKernels() {}

  static KernelMethod sum(Lanes lanes) {
    return sums(
        lanes,
        "sumOf16",
        "The sum of elements: 16 partial sums, joined by halves.",
        "int x, int count, int sums",
        "s${vector} = @add(s${vector}, @load(arena, x + i + ${first}));",
        "arena[sums + i - whole] + arena[x + i]");
  }

  static KernelMethod squares(Lanes lanes) {
    return sums(
        lanes,
        "squaresOf16",
        "The sum of squared distances from {@code mean}: 16 partial sums, joined by halves.",
        "int x, int count, float mean, int sums",
        "s${vector} = squareOf(@sub(@load(arena, x + i + ${first}), mean), s${vector});",
        "Fma.fma(arena[x + i] - mean, arena[x + i] - mean, arena[sums + i - whole])",
        SQUARE);
  }

  private static final KernelMethod SQUARE =
      new KernelMethod(
          Role.FUNCTION,
          "{@code x * x + sum}.",
          "V",
          "squareOf",
          "V x, V sum",
          "return @fma(x, x, sum);\n",
          List.of());

  static KernelMethod sums(
      Lanes lanes,
      String name,
      String doc,
      String parameters,
      String vectors,
      String rest,
      KernelMethod... calls) {
    List<KernelMethod> all = new ArrayList<>(List.of(calls));
    all.add(JOINED);
    return new KernelMethod(
        Role.PART,
        doc,
        "float",
        name,
        parameters,
        partial(lanes, 1, vectors, rest) + "return joinedByHalves(sums);\n",
        all);
  }

  /**
   * Statements that leave the partial sums of some pixels in memory, from {@code sums} on.
   *
   * @param vectors statements for each vector of sums, as {@link #each} takes them
   * @param rest what becomes of a sum by one element more of {@code ${pixel}}, whose sums begin at
   *     {@code ${sums}}
   */
  static String partial(Lanes lanes, int pixels, String vectors, String rest) {
    return partial(lanes, pixels, "0f", vectors, rest);
  }

  /**
   * The same for other partial results than sums.
   *
   * @param start what they begin with
   */
  private static String partial(
      Lanes lanes, int pixels, String start, String vectors, String rest) {
    return new Template(
            """
            final float[] arena = this.arena;
            int whole = count & -${partial};
            ${starts}
            for (int i = 0; i < whole; i += ${partial}) {
              ${vectors}
            }
            ${stores}
            for (int i = whole; i < count; i++) {
              ${rest}
            }
            """)
        .with("partial", PARTIAL)
        .with("starts", each(lanes, pixels, "V s${vector} = @broadcast(" + start + ");\n"))
        .with("vectors", each(lanes, pixels, vectors + "\n"))
        .with("stores", each(lanes, pixels, "@store(s${vector}, arena, sums + ${place});\n"))
        .with(
            "rest",
            IntStream.range(0, pixels)
                .mapToObj(pixel -> more(pixel, rest))
                .collect(Collectors.joining()))
        .filled();
  }

  private static String more(int pixel, String rest) {
    String sums = pixel == 0 ? "sums" : "sums + " + PARTIAL * pixel;
    return new Template("arena[${sums} + i - whole] = " + rest + ";\n")
        .with("sums", sums)
        .offer("pixel", pixel)
        .filled();
  }

  /**
   * A text for each {@code ${vector}}, which may say its {@code ${first}} element of its {@code
   * ${pixel}}, and its {@code ${place}} among all elements.
   */
  static String each(Lanes lanes, int pixels, String text) {
    int width = lanes.floats();
    Template template = new Template(text);
    return IntStream.range(0, pixels * PARTIAL / width)
        .mapToObj(
            vector ->
                template
                    .with("vector", vector)
                    .offer("first", vector * width % PARTIAL)
                    .offer("pixel", vector * width / PARTIAL)
                    .offer("place", vector * width)
                    .filled())
        .collect(Collectors.joining());
  }

  static final KernelMethod JOINED =
      byHalves(
          "joinedByHalves",
          "The sum of 16 partial sums: half of them is added to the other half, until one is left.",
          "(${one} + ${other})");

  static final KernelMethod LARGEST_BY_HALVES =
      byHalves("largestByHalves", "The largest of 16 elements.", "Math.max(${one}, ${other})");

  private static final KernelMethod LEAST_BY_HALVES =
      byHalves("leastByHalves", "The least of 16 elements.", "Math.min(${one}, ${other})");

  /** Written out, for a loop's results would wait for each other in memory. */
  private static KernelMethod byHalves(String name, String doc, String pair) {
    return new KernelMethod(
        Role.PART,
        doc,
        "float",
        name,
        "int sums",
        """
        final float[] arena = this.arena;
        return %s;
        """
            .formatted(joined(0, 1, pair)),
        List.of());
  }

  /** What becomes of partial sum i and each {@code step} behind it. */
  private static String joined(int i, int step, String pair) {
    return step == PARTIAL
        ? "arena[sums + %s]".formatted(i)
        : new Template(pair)
            .with("one", joined(i, 2 * step, pair))
            .with("other", joined(i + step, 2 * step, pair))
            .filled();
  }

  /** The largest of elements that lie side by side. */
  static KernelMethod largest(Lanes lanes) {
    return extreme(lanes, "largest", "max", "NEGATIVE", LARGEST_BY_HALVES);
  }

  /** The least of elements that lie side by side. */
  static KernelMethod least(Lanes lanes) {
    return extreme(lanes, "least", "min", "POSITIVE", LEAST_BY_HALVES);
  }

  private static KernelMethod extreme(
      Lanes lanes, String word, String choice, String sign, KernelMethod joined) {
    return new KernelMethod(
        Role.PART,
        "The %s of {@code count} elements.".formatted(word),
        "float",
        word + "Of",
        "int x, int count, int sums",
        partial(
                lanes,
                1,
                "Float.%s_INFINITY".formatted(sign),
                "s${vector} = @" + choice + "(s${vector}, @load(arena, x + i + ${first}));",
                "Math." + choice + "(arena[sums + i - whole], arena[x + i])")
            + "return %s(sums);\n".formatted(joined.name()),
        List.of(joined));
  }
}
