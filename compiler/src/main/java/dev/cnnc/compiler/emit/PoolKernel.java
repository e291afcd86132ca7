package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.ir.Op;
import java.util.List;

/** Max and average pools: vectors over channels, windows clamped to the picture. */
final class PoolKernel {

  private PoolKernel() {}

  static String name(Op.Reduction reduction) {
    return switch (reduction) {
      case MAX -> "maxPool";
      case AVERAGE -> "averagePool";
    };
  }

  static KernelMethod of(Op.Reduction reduction) {
    String start = reduction == Op.Reduction.MAX ? "Float.NEGATIVE_INFINITY" : "0f";
    String step =
        switch (reduction) {
          case MAX -> "@max(sum, @load(arena, at))";
          case AVERAGE -> "@add(sum, @load(arena, at))";
        };
    String divisor =
        switch (reduction) {
          case MAX -> "";
          case AVERAGE ->
              """
                  int counted = (i1 - i0) * (j1 - j0);
                  if (countPadding) {
                    int below = x.height() + window.bottom();
                    int beyond = x.width() + window.right();
                    counted =
                        end(top, window.dilationHeight(), below, window.height())
                            * end(left, window.dilationWidth(), beyond, window.width());
                  }
              """;
        };
    String result = reduction == Op.Reduction.MAX ? "sum" : "@div(sum, counted)";
    return new KernelMethod(
        Role.ENTRY,
        reduction == Op.Reduction.MAX
            ? "Rows {@code from} to {@code upTo} of a max pool; padding is never the largest."
            : """
            Rows {@code from} to {@code upTo} of an average pool; zeros of the padding count if
            {@code countPadding}.
            """,
        "void",
        name(reduction),
        "View x, Window window, "
            + (reduction == Op.Reduction.AVERAGE ? "boolean countPadding, " : "")
            + "View y, int from, int upTo",
        """
        for (int row = from; row < upTo; row++) {
          int top = row * window.strideHeight() - window.top();
          int i0 = start(top, window.dilationHeight());
          int i1 = end(top, window.dilationHeight(), x.height(), window.height());
          for (int column = 0; column < y.width(); column++) {
            int left = column * window.strideWidth() - window.left();
            int j0 = start(left, window.dilationWidth());
            int j1 = end(left, window.dilationWidth(), x.width(), window.width());
            int x0 = x.offset() + top * x.line() + left * x.pixel();
            int y0 = y.offset() + row * y.line() + column * y.pixel();
        %s    for (int c = 0; c < y.channels(); c += $L) {
              V sum = @broadcast(%s);
              for (int i = i0; i < i1; i++) {
                int line = x0 + i * window.dilationHeight() * x.line() + c;
                for (int j = j0; j < j1; j++) {
                  int at = line + j * window.dilationWidth() * x.pixel();
                  sum = %s;
                }
              }
              @store(%s, arena, y0 + c);
            }
          }
        }
        """
            .formatted(divisor, start, step, result),
        List.of(START, END));
  }

  private static final KernelMethod START =
      new KernelMethod(
          Role.FUNCTION,
          "The first position of a window at {@code place} that is not before the picture.",
          "int",
          "start",
          "int place, int dilation",
          "return place >= 0 ? 0 : (dilation - 1 - place) / dilation;\n",
          List.of());

  private static final KernelMethod END =
      new KernelMethod(
          Role.FUNCTION,
          "Behind the last position of a window of {@code size} that lies before {@code limit}.",
          "int",
          "end",
          "int place, int dilation, int limit, int size",
          "return Math.min(size, (limit - place + dilation - 1) / dilation);\n",
          List.of());
}
