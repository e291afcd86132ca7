package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.plan.Kernel;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The hot loop of a grouped conv with 16 channels a group or more: one row of the window, one
 * channel of the group a step, which all lanes get.
 */
final class ChannelStrip {
  private ChannelStrip() {}

  /** Pixels of a row: sums, a row of taps and one pixel in 32 registers at 512 bits, 16 below. */
  static int pixels(Lanes lanes) {
    return lanes.floats() == 16 ? 7 : 4;
  }

  /** Outputs whose weights lie side by side. */
  static int panel(Lanes lanes) {
    return Tile.of(Tile.Use.GROUPED_CONV, lanes.floats()).getFirst().outputs(lanes.floats());
  }

  static KernelMethod of(Lanes lanes, Kernel.GroupedStrips kernel) {
    int pixels = pixels(lanes);
    int panel = panel(lanes);
    int width = kernel.window().width();
    int stride = kernel.window().strideWidth();
    StripEnd end = StripEnd.of(kernel);
    StringBuilder step = new StringBuilder();
    for (int j = 0; j < width; j++) {
      step.append(
          "    V t%1$s = @load(weights, (taps + %1$s * size * %2$s) + c * %2$s);\n"
              .formatted(j, panel));
    }
    for (int q = 0; q < (pixels - 1) * stride + width; q++) {
      step.append("    V v%1$s = @broadcast(arena[(from + %1$s * pixel) + c]);\n".formatted(q));
      for (int p = 0; p < pixels; p++) {
        int j = q - p * stride;
        if (j >= 0 && j < width) {
          step.append("    y%1$s = @fma(v%2$s, t%3$s, y%1$s);\n".formatted(p, q, j));
        }
      }
    }
    return new KernelMethod(
        Role.PART,
        "%s pixels of a row, a vector of outputs%s.".formatted(pixels, end.says()),
        "void",
        end.name("channelStrip%sx%sBy%s".formatted(kernel.window().height(), width, stride)),
        "int x, int line, int pixel, int size, int w, int bias, int z, int next",
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
                each(pixels, "V y%1$s = start;\n"),
                kernel.window().height(),
                width,
                panel,
                step,
                end.stores(pixels)),
        List.of());
  }

  private static String each(int pixels, String line) {
    return IntStream.range(0, pixels).mapToObj(line::formatted).collect(Collectors.joining());
  }
}
