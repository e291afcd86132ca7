package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import java.util.List;

/** Kernels whose elements depend on the other channels of their pixel. */
final class ChannelKernels {

  private ChannelKernels() {}

  static String softmaxName(boolean logarithm) {
    return logarithm ? "logSoftmax" : "softmax";
  }

  /** Sums are 16 partial ones, element i into sum i mod 16, so that vectors could make them too. */
  static KernelMethod softmax(boolean logarithm) {
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
    return new KernelMethod(
        Role.ENTRY,
        logarithm
            ? "Logarithm of the softmax over the channels of each pixel."
            : "Softmax over the channels of each pixel.",
        "void",
        softmaxName(logarithm),
        "View x, View y, int from, int upTo, int worker",
        """
        int sums = scratch + worker * SCRATCH;
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column < y.width(); column++) {
            int x0 = x.offset() + row * x.line() + column * x.pixel();
            int y0 = y.offset() + row * y.line() + column * y.pixel();
            float largest = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < x.channels(); c++) {
              largest = Math.max(largest, arena[x0 + c]);
            }
            for (int c = 0; c < x.channels(); c += $L) {
              @store(exp(@sub(@load(arena, x0 + c), largest)), arena, y0 + c);
            }
            float sum = sumOf16(y0, y.channels(), sums);
        %s  }
        }
        """
            .formatted(last),
        List.of(FunctionKernels.exp(), SUM));
  }

  private static final KernelMethod SUM =
      new KernelMethod(
          Role.PART,
          "The sum of elements: 16 partial sums, joined by halves.",
          "float",
          "sumOf16",
          "int x, int count, int sums",
          """
          Arrays.fill(arena, sums, sums + 16, 0f);
          for (int i = 0; i < count; i++) {
            arena[sums + (i & 15)] += arena[x + i];
          }
          for (int half = 8; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
              arena[sums + i] += arena[sums + i + half];
            }
          }
          return arena[sums];
          """,
          List.of());

  static final KernelMethod LOCAL_RESPONSE_NORM =
      new KernelMethod(
          Role.ENTRY,
          """
          Local response norm (Krizhevsky et al., 2012): {@code y = x / (k + alpha / size * sum of
          squares over size neighbouring channels) ^ beta}.
          """,
          "void",
          "localResponseNorm",
          "View x, View y, int size, float alpha, float beta, float k, int from, int upTo",
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
          List.of(
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
                  return (float) StrictMath.pow(base, exponent);
                  """,
                  List.of())));
}
