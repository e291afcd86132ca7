package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Computation.Reducer;
import java.util.ArrayList;
import java.util.List;

/**
 * Many elements to one. Over pixels vectors run over channels, a row at a time; over channels each
 * pixel is reduced as all sums of what lies side by side are, and pixels are joined in their order.
 */
final class ReduceKernels {

  private ReduceKernels() {}

  private static String name(Reducer reducer, boolean channels) {
    String kind =
        switch (reducer) {
          case MEAN -> "mean";
          case MAX -> "max";
          case MIN -> "min";
          case SUM -> "sum";
          case SUM_SQUARE -> "sumSquares";
          case L1 -> "sumAbsolutes";
          case L2 -> "norm";
        };
    return kind + (channels ? "OfChannels" : "OfPixels");
  }

  static KernelText text(Reducer reducer, boolean channels) {
    Entry entry =
        Entry.withScratch(name(reducer, channels), Parameter.read("x", 0), Parameter.write("y"));
    return new KernelText(
        entry,
        List.of(),
        parts -> channels ? ofChannels(entry, reducer, parts.lanes()) : ofPixels(entry, reducer));
  }

  private static KernelMethod ofPixels(Entry entry, Reducer reducer) {
    return method(
        entry,
        reducer,
        false,
        new Template(
                """
                for (int c = 0; c < y.channels(); c += $L) {
                  V all = @broadcast(${start});
                  for (int i = 0; i < rows; i++) {
                    V line = @broadcast(${start});
                    for (int j = 0; j < columns; j++) {
                      V v = @load(arena, x0 + i * x.line() + j * x.pixel() + c);
                      line = ${nextOfLine};
                    }
                    all = ${nextLine};
                  }
                  @store(${result}, arena, y0 + c);
                }
                """)
            .with("start", start(reducer))
            .with(
                "nextOfLine",
                switch (reducer) {
                  case MAX -> "@max(line, v)";
                  case MIN -> "@min(line, v)";
                  case MEAN, SUM -> "@add(line, v)";
                  case SUM_SQUARE, L2 -> "@fma(v, v, line)";
                  case L1 -> "@add(line, @abs(v))";
                })
            .with(
                "nextLine",
                switch (reducer) {
                  case MAX -> "@max(all, line)";
                  case MIN -> "@min(all, line)";
                  case MEAN, SUM, SUM_SQUARE, L1, L2 -> "@add(all, line)";
                })
            .with(
                "result",
                switch (reducer) {
                  case MEAN -> "@div(all, (rows * columns))";
                  case L2 -> "@sqrt(all)";
                  case MAX, MIN, SUM, SUM_SQUARE, L1 -> "all";
                })
            .filled(),
        List.of());
  }

  private static KernelMethod ofChannels(Entry entry, Reducer reducer, Lanes lanes) {
    List<KernelMethod> calls = new ArrayList<>();
    calls.add(
        switch (reducer) {
          case MAX -> SumKernels.largest(lanes);
          case MIN -> SumKernels.least(lanes);
          case MEAN, SUM -> SumKernels.sum(lanes);
          case SUM_SQUARE, L2 -> SumKernels.squares(lanes);
          case L1 -> absolutes(lanes);
        });
    String mean = reducer == Reducer.SUM_SQUARE || reducer == Reducer.L2 ? "0f, " : "";
    String one = calls.getFirst().name() + "(at, x.channels(), " + mean + "sums)";
    return method(
        entry,
        reducer,
        true,
        new Template(
                """
                float all = ${start};
                for (int i = 0; i < rows; i++) {
                  for (int j = 0; j < columns; j++) {
                    int at = x0 + i * x.line() + j * x.pixel();
                    all = ${next};
                  }
                }
                arena[y0] = ${result};
                """)
            .with("start", start(reducer))
            .with(
                "next",
                switch (reducer) {
                  case MAX -> "Math.max(all, " + one + ")";
                  case MIN -> "Math.min(all, " + one + ")";
                  case MEAN, SUM, SUM_SQUARE, L1, L2 -> "all + " + one;
                })
            .with(
                "result",
                switch (reducer) {
                  case MEAN -> "all / (x.channels() * rows * columns)";
                  case L2 -> "(float) Math.sqrt(all)";
                  case MAX, MIN, SUM, SUM_SQUARE, L1 -> "all";
                })
            .filled(),
        calls);
  }

  private static String start(Reducer reducer) {
    return switch (reducer) {
      case MAX -> "Float.NEGATIVE_INFINITY";
      case MIN -> "Float.POSITIVE_INFINITY";
      case MEAN, SUM, SUM_SQUARE, L1, L2 -> "0f";
    };
  }

  private static KernelMethod method(
      Entry entry, Reducer reducer, boolean channels, String action, List<KernelMethod> calls) {
    return entry.method(
        "{@code %s} over %s rows and columns where y has only one."
            .formatted(reducer.word(), channels ? "all channels, and over" : "the"),
        new Template(
                """
                final float[] arena = this.arena;
                ${sums}
                int rows = y.height() == 1 ? x.height() : 1;
                int columns = y.width() == 1 ? x.width() : 1;
                for (int row = from; row < upTo; row++) {
                  for (int column = 0; column < y.width(); column++) {
                    int x0 = x.offset() + row * x.line() + column * x.pixel();
                    int y0 = y.offset() + row * y.line() + column * y.pixel();
                    ${action}
                  }
                }
                """)
            .with("sums", channels ? "int sums = scratch + worker * SCRATCH;\n" : "")
            .with("action", action)
            .filled(),
        calls);
  }

  private static KernelMethod absolutes(Lanes lanes) {
    return SumKernels.sums(
        lanes,
        "absolutesOf16",
        "The sum of elements without their signs: 16 partial sums, joined by halves.",
        "int x, int count, int sums",
        "s${vector} = @add(s${vector}, @abs(@load(arena, x + i + ${first})));",
        "arena[sums + i - whole] + Math.abs(arena[x + i])");
  }
}
