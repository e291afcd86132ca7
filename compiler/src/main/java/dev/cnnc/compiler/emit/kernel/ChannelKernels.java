package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import java.util.List;

/** Kernels whose elements depend on the other channels of their pixel. */
final class ChannelKernels {

  private ChannelKernels() {}

  static KernelText softmax(boolean logarithm) {
    Entry entry =
        Entry.withScratch(
            logarithm ? "logSoftmax" : "softmax", Parameter.read("x", 0), Parameter.write("y"));
    return new KernelText(entry, List.of(), parts -> softmax(entry, parts.lanes(), logarithm));
  }

  private static KernelMethod softmax(Entry entry, Lanes lanes, boolean logarithm) {
    String last =
        logarithm
            ? """
            float logarithm = (float) StrictMath.log(sum);
            for (int c = 0; c < y.channels(); c++) {
              arena[y0 + c] = arena[x0 + c] - largest - logarithm;
            }
            """
            : """
            for (int c = 0; c < y.channels(); c++) {
              arena[y0 + c] = arena[y0 + c] / sum;
            }
            """;
    return entry.method(
        logarithm
            ? "Logarithm of the softmax over the channels of each pixel."
            : "Softmax over the channels of each pixel.",
        new Template(
                """
                int sums = scratch + worker * SCRATCH;
                for (int row = from; row < upTo; row++) {
                  for (int column = 0; column < y.width(); column++) {
                    int x0 = x.offset() + row * x.line() + column * x.pixel();
                    int y0 = y.offset() + row * y.line() + column * y.pixel();
                    float largest = largestOf(x0, x.channels(), sums);
                    for (int c = 0; c < x.channels(); c += $L) {
                      @store(exp(@sub(@load(arena, x0 + c), largest)), arena, y0 + c);
                    }
                    float sum = sumOf16(y0, y.channels(), sums);
                    ${last}
                  }
                }
                """)
            .with("last", last)
            .filled(),
        List.of(SumKernels.largest(lanes), FunctionKernels.exp(), SumKernels.sum(lanes)));
  }

  static KernelText localResponseNorm(RowByRow.LocalResponseNorm norm) {
    return KernelText.plain(
        Entry.of(
            "localResponseNorm",
            Parameter.read("x", 0),
            Parameter.write("y"),
            Parameter.number("size", norm.size()),
            Parameter.real("alpha", norm.alpha()),
            Parameter.real("beta", norm.beta()),
            Parameter.real("k", norm.k())),
        """
        Local response norm (Krizhevsky et al., 2012): {@code y = x / (k + alpha / size * sum of
        squares over size neighbouring channels) ^ beta}.
        """,
        """
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column < y.width(); column++) {
            int x0 = x.offset() + row * x.line() + column * x.pixel();
            int y0 = y.offset() + row * y.line() + column * y.pixel();
            for (int c = 0; c < y.channels(); c++) {
              float sum = 0f;
              int end = Math.min(y.channels(), c + (size + 1) / 2);
              for (int i = Math.max(0, c - size / 2); i < end; i++) {
                sum = sum + arena[x0 + i] * arena[x0 + i];
              }
              arena[y0 + c] = arena[x0 + c] / power(k + alpha / size * sum, beta);
            }
          }
        }
        """,
        new KernelMethod(
            Role.FUNCTION,
            "The same bits everywhere; 0.75, which everybody uses, by roots.",
            "float",
            "power",
            "float base, float exponent",
            """
            if (exponent == 0.75f) {
              float root = (float) Math.sqrt(base);
              return root * (float) Math.sqrt(root);
            }
            return powerOf(base, exponent);
            """,
            List.of(PowerKernels.OF_TWO_NUMBERS)));
  }
}
