package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.Kernel;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Grouped convs with as many outputs as channels in a group: a vector of outputs at a time, a strip
 * of a row, whose pixels share what they read.
 *
 * <p>Where a vector spans several groups each lane must read its own group's channel: a band of
 * rows is copied for that, each pixel as one vector for every channel of a group, so that nothing
 * is multiplied by zero. Else one channel is broadcast to all lanes. Either way the sum runs over
 * rows of the window, channels, columns.
 */
final class GroupedStrips {
  private final Lanes lanes;
  private final Kernel.GroupedStrips kernel;
  private final int pixels;

  /** Whether a vector spans several groups. */
  private final boolean spread;

  private final boolean inRegisters;

  private GroupedStrips(Lanes lanes, Kernel.GroupedStrips kernel) {
    this.lanes = lanes;
    this.kernel = kernel;
    // Sums, a row of taps and one pixel: 32 registers at 512 bits, 16 below.
    this.pixels = lanes.floats() == 16 ? 7 : 4;
    this.spread = kernel.size() < lanes.floats();
    this.inRegisters = inRegisters(kernel);
  }

  /** The entry for windows of this size and stride of columns, and groups of this size. */
  static KernelMethod of(Lanes lanes, Kernel.GroupedStrips kernel, Collection<Epilogue> epilogues) {
    return new GroupedStrips(lanes, kernel).entry(epilogues);
  }

  /** Name of the entry. */
  static String name(Kernel.GroupedStrips kernel) {
    String name = "grouped" + shape(kernel) + (kernel.isSpread() ? "Of" + kernel.size() : "");
    return inRegisters(kernel) ? name + FinishedTiles.name(kernel.epilogue()) : name;
  }

  /** Whether sums are finished where they are, not in a loop of its own over a row of them. */
  static boolean inRegisters(Kernel.GroupedStrips kernel) {
    return !kernel.epilogue().residual() && FinishedTiles.finish(kernel.epilogue());
  }

  /** Name of the shuffle by which every lane gets channel {@code channel} of its group. */
  static String shuffle(int size, int channel) {
    return "CHANNEL_%s_OF_%s".formatted(channel, size);
  }

  private static String shape(Kernel.GroupedStrips kernel) {
    return "%sx%sBy%s"
        .formatted(
            kernel.window().height(), kernel.window().width(), kernel.window().strideWidth());
  }

  private KernelMethod entry(Collection<Epilogue> epilogues) {
    KernelMethod strip = strip();
    List<KernelMethod> calls = new ArrayList<>(List.of(strip));
    if (spread) {
      calls.add(spread());
    }
    if (!inRegisters) {
      calls.add(PLACES);
      calls.add(TileFinish.of(epilogues));
    }
    int panel = Tile.of(Tile.Use.GROUPED_CONV, lanes.floats()).getFirst().outputs(lanes.floats());
    return new KernelMethod(
        Role.ENTRY,
        """
        Rows {@code from} to {@code upTo} of a conv with groups of {@code size} channels and as many
        outputs, for windows of %s by %s that move by %s columns, and rows of seven to %s pixels; {@code
        band} rows at once.
        """
            .formatted(
                kernel.window().height(),
                kernel.window().width(),
                kernel.window().strideWidth(),
                Kernel.BLOCK),
        "void",
        name(kernel),
        "View x, Window window, int size, int band, int w, int bias, %sint from, int upTo, int worker"
            .formatted(inRegisters ? "View y, " : "View residual, View y, Finish finish, "),
        """
        int[] at = this.at[worker];
        int sums = scratch + worker * SCRATCH;
        int taps = window.taps() * size;
        int columns = (y.width() - 1) * %1$s + %2$s;
        %3$s
        for (int row = from; row < upTo; row += band) {
          int rows = Math.min(band, upTo - row);
          int corner =
              x.offset()
                  + (row * window.strideHeight() - window.top()) * x.line()
                  - window.left() * x.pixel();
          int lines =
              (rows - 1) * window.strideHeight() + (window.height() - 1) * window.dilationHeight() + 1;
          for (int k = 0; k < y.channels(); k += $L) {
        %4$s
            int taken = w + k / %5$s * %5$s * taps + k %% %5$s;
            for (int i = 0; i < rows; i++) {
        %8$s      int first = start + i * window.strideHeight() * line;
              for (int p = 0; p < y.width(); p += %6$s) {
                int q = Math.min(p, y.width() - %6$s);
                %7$s(
                    first + q * %1$s * pixel,
                    window.dilationHeight() * line, pixel, size, taken, bias + k, %9$s);
              }
        %10$s    }
          }
        }
        """
            .formatted(
                kernel.window().strideWidth(),
                kernel.window().width(),
                spread
                    ? "int pixel = size * $L;\nint line = columns * pixel;"
                    : "int pixel = x.pixel();\nint line = x.line();",
                (spread
                        ? "int start = sums + %s;\n%s(corner + k, x.line(), x.pixel(), lines, columns, start);"
                            .formatted(Kernel.GroupedStrips.SUMS, spreadName())
                        : "int start = corner + k / size * size;")
                    .indent(4)
                    .stripTrailing(),
                panel,
                pixels,
                strip.name(),
                inRegisters
                    ? "      int z = y.offset() + (row + i) * y.line() + k;\n"
                    : "      places(residual, y, row + i, at);\n",
                inRegisters ? "z + q * y.pixel(), y.pixel()" : "sums + q * $L",
                inRegisters ? "" : "      finish(finish, at, 0, k, y.width(), $L, sums);\n"),
        calls);
  }

  /** The hot loop: one row of the window, one channel of the group a step. */
  private KernelMethod strip() {
    int width = kernel.window().width();
    int stride = kernel.window().strideWidth();
    int panel = Tile.of(Tile.Use.GROUPED_CONV, lanes.floats()).getFirst().outputs(lanes.floats());
    StringBuilder step = new StringBuilder();
    for (int j = 0; j < width; j++) {
      step.append(
          "    V t%1$s = @load(weights, (taps + %1$s * size * %2$s) + c * %2$s);\n"
              .formatted(j, panel));
    }
    for (int q = 0; q < (pixels - 1) * stride + width; q++) {
      String read =
          spread
              ? "@load(arena, (from + %s * pixel) + c * $L)"
              : "@broadcast(arena[(from + %s * pixel) + c])";
      step.append(("    V v%1$s = " + read + ";\n").formatted(q));
      for (int p = 0; p < pixels; p++) {
        int j = q - p * stride;
        if (j >= 0 && j < width) {
          step.append("    y%1$s = @fma(v%2$s, t%3$s, y%1$s);\n".formatted(p, q, j));
        }
      }
    }
    return new KernelMethod(
        Role.PART,
        "%s pixels of a row, a vector of outputs%s."
            .formatted(
                pixels, inRegisters ? FinishedTiles.says(kernel.epilogue()) : ": their sums"),
        "void",
        (spread ? "spreadStrip" : "channelStrip")
            + shape(kernel)
            + (inRegisters ? FinishedTiles.name(kernel.epilogue()) : ""),
        "int x, int line, int pixel, int size, int w, int bias, "
            + (inRegisters ? "int z, int next" : "int sums"),
        """
        final float[] arena = this.arena;
        final float[] weights = this.weights;
        V start = @load(weights, bias);
        %sfor (int i = 0; i < %s; i++) {
          int from = x + i * line;
          int taps = w + i * %s * size * %s;
          for (int c = 0; c < size; c++) {
        %s  }
        }
        %s\
        """
            .formatted(
                each("V y%1$s = start;\n"),
                kernel.window().height(),
                width,
                panel,
                step,
                inRegisters
                    ? InlineFormula.stores(
                        kernel.epilogue().activation(),
                        IntStream.range(0, pixels)
                            .mapToObj(p -> "z + %s * next".formatted(p))
                            .toList())
                    : each("@store(y%1$s, arena, sums + %1$s * $L);\n")),
        List.of());
  }

  private String spreadName() {
    return "spread" + kernel.size();
  }

  private KernelMethod spread() {
    String stores =
        IntStream.range(0, kernel.size())
            .mapToObj(
                c ->
                    "    @store(@shuffle(v, %s), arena, z + column * %s + %s);\n"
                        .formatted(
                            shuffle(kernel.size(), c),
                            kernel.size() * lanes.floats(),
                            c * lanes.floats()))
            .collect(Collectors.joining());
    return new KernelMethod(
        Role.PART,
        """
        Copies some pixels' vectors of channels: once for each channel of a group of %s, which every
        lane of the group gets.
        """
            .formatted(kernel.size()),
        "void",
        spreadName(),
        "int from, int line, int pixel, int rows, int columns, int to",
        """
        final float[] arena = this.arena;
        for (int row = 0; row < rows; row++) {
          int x = from + row * line;
          int z = to + row * columns * %s;
          for (int column = 0; column < columns; column++) {
            V v = @load(arena, x + column * pixel);
        %s  }
        }
        """
            .formatted(kernel.size() * lanes.floats(), stores),
        List.of());
  }

  private static final KernelMethod PLACES =
      new KernelMethod(
          Role.PART,
          "Lists where the results and residuals of a row lie.",
          "void",
          "places",
          "View residual, View y, int row, int[] at",
          """
          int z = y.offset() + row * y.line();
          int r = residual.offset() + row * residual.line();
          for (int i = 0; i < y.width(); i++) {
            at[BLOCK + i] = z + i * y.pixel();
            at[2 * BLOCK + i] = r + i * residual.pixel();
          }
          """,
          List.of());

  private String each(String line) {
    return IntStream.range(0, pixels)
        .mapToObj(p -> line.formatted(p))
        .collect(Collectors.joining());
  }
}
