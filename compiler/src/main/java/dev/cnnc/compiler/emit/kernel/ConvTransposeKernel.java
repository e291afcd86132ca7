package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.plan.kernel.ConvTranspose;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Transposed convs: every output gathers what reaches it, tap by tap and input by input; vectors
 * run over outputs, four at a time where there are so many.
 */
final class ConvTransposeKernel {

  private static final int VECTORS = 4;

  private ConvTransposeKernel() {}

  static KernelText text(ConvTranspose conv) {
    return KernelText.plain(
        Entry.withScratch(
            "convTranspose",
            Parameter.read("x", 0),
            Parameter.window(conv.window()),
            Parameter.number("groups", conv.groups()),
            Parameter.weight("w", 0),
            Parameter.weight("bias", 1),
            Parameter.write("y")),
        """
        Rows {@code from} to {@code upTo} of a transposed conv; weights lie by tap, input and
        output of a group.
        """,
        new Template(
                """
                final float[] arena = this.arena;
                int inputs = x.channels() / groups;
                int outputs = y.channels() / groups;
                int padded = ${padded};
                int sums = scratch + worker * SCRATCH;
                int strideHeight = window.strideHeight();
                int strideWidth = window.strideWidth();
                for (int row = from; row < upTo; row++) {
                  int top = row + window.top();
                  for (int column = 0; column < y.width(); column++) {
                    int left = column + window.left();
                    int y0 = y.offset() + row * y.line() + column * y.pixel();
                    for (int group = 0; group < groups; group++) {
                      int first = group * inputs;
                      int c = 0;
                      for (; c + ${vectors} * $L <= padded; c += ${vectors} * $L) {
                        ${sumsOfVectors}
                      }
                      for (; c < outputs; c += $L) {
                        ${sumsOfOne}
                      }
                      int y1 = y0 + group * outputs;
                      int b = bias + group * outputs;
                      for (c = 0; c < outputs; c++) {
                        arena[y1 + c] = arena[sums + c] + weights[b + c];
                      }
                    }
                  }
                }
                """)
            .with("padded", TileKernels.padded("outputs"))
            .with("vectors", VECTORS)
            .with("sumsOfVectors", sums(VECTORS))
            .with("sumsOfOne", sums(1))
            .filled());
  }

  private static String sums(int vectors) {
    return new Template(
            """
            ${starts}
            for (int i = 0; i < window.height(); i++) {
              int down = top - i * window.dilationHeight();
              int above = down / strideHeight;
              if (down >= 0 && above < x.height() && down == above * strideHeight) {
                for (int j = 0; j < window.width(); j++) {
                  int right = left - j * window.dilationWidth();
                  int before = right / strideWidth;
                  if (right >= 0 && before < x.width() && right == before * strideWidth) {
                    int x0 = x.offset() + above * x.line() + before * x.pixel() + first;
                    int w0 = w + ((i * window.width() + j) * x.channels() + first) * padded + c;
                    for (int k = 0; k < inputs; k++) {
                      V v = @broadcast(arena[x0 + k]);
                      ${adds}
                    }
                  }
                }
              }
            }
            ${stores}
            """)
        .with("starts", new Template("V s${vector} = @broadcast(0f);\n").each("vector", vectors))
        .with(
            "adds",
            each(
                vectors,
                "s${vector} = @fma(v, @load(weights, w0 + k * padded${place}), s${vector});\n"))
        .with("stores", each(vectors, "@store(s${vector}, arena, sums + c${place});\n"))
        .filled();
  }

  /** A line for each {@code ${vector}}, with its {@code ${place}} behind the first. */
  private static String each(int vectors, String line) {
    return IntStream.range(0, vectors)
        .mapToObj(
            vector ->
                new Template(line)
                    .with("vector", vector)
                    .with("place", vector == 0 ? "" : " + " + vector + " * $L")
                    .filled())
        .collect(Collectors.joining());
  }
}
