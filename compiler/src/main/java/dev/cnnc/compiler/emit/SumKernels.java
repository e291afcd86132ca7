package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reductions over elements that lie side by side. Element i goes into partial sum i mod 16 at every
 * width, and one tree joins those: so the bits are the same on every machine.
 */
final class SumKernels {

  /** Floats of a worker's scratch that a reduction uses. */
  static final int SCRATCH = 16;

  private SumKernels() {}

  static KernelMethod sum(Lanes lanes) {
    return sums(
        lanes,
        "sumOf16",
        "The sum of elements: 16 partial sums, joined by halves.",
        "int x, int count, int sums",
        "@add(s%1$s, @load(arena, x + i + %2$s))",
        "arena[sums + i - whole] + arena[x + i]");
  }

  static KernelMethod squares(Lanes lanes) {
    return sums(
        lanes,
        "squaresOf16",
        "The sum of squared distances from {@code mean}: 16 partial sums, joined by halves.",
        "int x, int count, float mean, int sums",
        "squareOf(@sub(@load(arena, x + i + %2$s), mean), s%1$s)",
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
    int width = lanes.floats();
    return new KernelMethod(
        Role.PART,
        doc,
        "float",
        name,
        parameters,
        """
        final float[] arena = this.arena;
        int whole = count & -16;
        %sfor (int i = 0; i < whole; i += 16) {
        %s}
        %sfor (int i = whole; i < count; i++) {
          arena[sums + i - whole] = %s;
        }
        for (int half = 8; half > 0; half /= 2) {
          for (int i = 0; i < half; i++) {
            arena[sums + i] += arena[sums + i + half];
          }
        }
        return arena[sums];
        """
            .formatted(
                each(width, "V s%1$s = @broadcast(0f);\n"),
                each(width, "  s%1$s = " + vectors + ";\n"),
                each(width, "@store(s%1$s, arena, sums + %2$s);\n"),
                rest),
        List.of(calls));
  }

  /** A line for each vector of partial sums: its number, its first element. */
  private static String each(int width, String line) {
    return IntStream.range(0, 16 / width)
        .mapToObj(i -> line.formatted(i, i * width))
        .collect(Collectors.joining());
  }

  static final KernelMethod LARGEST =
      new KernelMethod(
          Role.PART,
          "The largest of {@code count} elements.",
          "float",
          "largestOf",
          "int x, int count, int sums",
          """
          V most = @broadcast(Float.NEGATIVE_INFINITY);
          int i = 0;
          for (; i + $L <= count; i += $L) {
            most = @max(most, @load(arena, x + i));
          }
          @store(most, arena, sums);
          float largest = Float.NEGATIVE_INFINITY;
          for (int j = 0; j < $L; j++) {
            largest = Math.max(largest, arena[sums + j]);
          }
          for (; i < count; i++) {
            largest = Math.max(largest, arena[x + i]);
          }
          return largest;
          """,
          List.of());
}
