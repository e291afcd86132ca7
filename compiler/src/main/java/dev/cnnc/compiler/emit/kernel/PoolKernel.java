package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import java.util.List;

/** Max and average pools: vectors over channels, windows clamped to the picture. */
final class PoolKernel {

  /** As many as hide a sum's latency, and what it costs to walk through a window. */
  private static final int VECTORS = 4;

  private PoolKernel() {}

  static String name(Op.Reduction reduction) {
    return switch (reduction) {
      case MAX -> "maxPool";
      case AVERAGE -> "averagePool";
    };
  }

  static KernelText text(RowByRow.Pool pool) {
    Entry entry =
        switch (pool.reduction()) {
          case MAX ->
              Entry.of(
                  name(pool.reduction()),
                  Parameter.read("x", 0),
                  Parameter.window(pool.window()),
                  Parameter.write("y"));
          case AVERAGE ->
              Entry.of(
                  name(pool.reduction()),
                  Parameter.read("x", 0),
                  Parameter.window(pool.window()),
                  Parameter.flag("countPadding", pool.countPadding()),
                  Parameter.write("y"));
        };
    KernelMethod method = method(entry, pool.reduction());
    return new KernelText(entry, List.of(), _ -> method);
  }

  private static KernelMethod method(Entry entry, Op.Reduction reduction) {
    String start = reduction == Op.Reduction.MAX ? "Float.NEGATIVE_INFINITY" : "0f";
    String step =
        switch (reduction) {
          case MAX -> "larger(sum${vector}, @load(arena, at + ${vector} * $L))";
          case AVERAGE -> "@add(sum${vector}, @load(arena, at + ${vector} * $L))";
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
    String result = reduction == Op.Reduction.MAX ? "sum${vector}" : "@div(sum${vector}, counted)";
    String loops = loop(VECTORS, start, step, result) + loop(1, start, step, result);
    return entry.method(
        reduction == Op.Reduction.MAX
            ? "Rows {@code from} to {@code upTo} of a max pool; padding is never the largest."
            : """
            Rows {@code from} to {@code upTo} of an average pool; zeros of the padding count if
            {@code countPadding}.
            """,
        new Template(
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
                    ${divisor}
                    int c = 0;
                    ${loops}
                  }
                }
                """)
            .with("divisor", divisor)
            .with("loops", loops)
            .filled(),
        reduction == Op.Reduction.MAX ? List.of(START, END, LARGER) : List.of(START, END));
  }

  /** A loop over the channels, some vectors in one go. */
  private static String loop(int vectors, String start, String step, String result) {
    return new Template(
            """
            for (; c < y.channels()${others}; c += ${step}) {
              ${starts}
              for (int i = i0; i < i1; i++) {
                int line = x0 + i * window.dilationHeight() * x.line() + c;
                for (int j = j0; j < j1; j++) {
                  int at = line + j * window.dilationWidth() * x.pixel();
                  ${sums}
                }
              }
              ${stores}
            }
            """)
        .with("others", vectors == 1 ? "" : " - %s * $L".formatted(vectors - 1))
        .with("step", vectors == 1 ? "$L" : vectors + " * $L")
        .with("starts", each(vectors, "V sum${vector} = @broadcast(" + start + ");\n"))
        .with("sums", each(vectors, "sum${vector} = " + step + ";\n"))
        .with("stores", each(vectors, "@store(" + result + ", arena, y0 + c + ${vector} * $L);\n"))
        .filled();
  }

  private static String each(int vectors, String line) {
    return new Template(line).each("vector", vectors);
  }

  /** Four instructions where {@code max} takes six, since of zeros it is all the same which. */
  private static final KernelMethod LARGER =
      new KernelMethod(
          Role.FUNCTION,
          "The larger, the first of equals; NaN if one is.",
          "V",
          "larger",
          "V most, V x",
          "return @orNaN(@ifMore(most, x), x);\n",
          List.of());

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
