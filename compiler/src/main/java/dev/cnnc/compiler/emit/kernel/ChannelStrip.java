package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.plan.kernel.GroupedStrips;
import java.util.List;

/**
 * The hot loop of a grouped conv with 16 channels a group or more: one row of the window, one
 * channel of the group a step, which all lanes get.
 */
final class ChannelStrip {
  private ChannelStrip() {}

  /**
   * Pixels of a row. Each sum takes the taps of a row one after the other, so four sums wait for
   * their own multiply-adds; seven with their taps fit into 16 registers.
   */
  static int pixels(Lanes lanes) {
    return lanes.isScalar() ? 4 : GroupedStrips.SHORTEST;
  }

  /** Vectors of outputs that share what is read of a pixel: two where registers are many. */
  static int vectors(Lanes lanes, GroupedStrips kernel) {
    return kernel.isWide() && lanes.floats() == 16 ? 2 : 1;
  }

  static KernelMethod of(Lanes lanes, GroupedStrips kernel) {
    int vectors = vectors(lanes, kernel);
    int pixels = pixels(lanes);
    String panel = PanelReads.ofGroups(lanes);
    int height = kernel.window().height();
    int width = kernel.window().width();
    int stride = kernel.window().strideWidth();
    StripEnd end = StripEnd.of(kernel);
    StringBuilder starts = new StringBuilder();
    for (int v = 0; v < vectors; v++) {
      starts.append("V start%s = @load(weights, bias + %s);\n".formatted(v, v * lanes.floats()));
    }
    for (int y = 0; y < vectors * pixels; y++) {
      starts.append("V y%s = start%s;\n".formatted(y, y / pixels));
    }
    StringBuilder step = new StringBuilder();
    for (int t = 0; t < vectors * width; t++) {
      step.append(
          new Template(
                  "V t${tap} = @load(weights, (taps + ${place} * size * ${panel}) + c *"
                      + " ${panel});\n")
              .with("tap", t)
              .with("place", t / width * height * width + t % width)
              .with("panel", panel)
              .filled());
    }
    for (int q = 0; q < (pixels - 1) * stride + width; q++) {
      step.append(
          new Template("V v${pixel} = @broadcast(arena[(from + ${pixel} * pixel) + c]);\n")
              .with("pixel", q)
              .filled());
      for (int p = 0; p < pixels; p++) {
        int j = q - p * stride;
        for (int v = 0; v < vectors && j >= 0 && j < width; v++) {
          step.append(
              new Template("y${sum} = @mac(v${pixel}, t${tap}, y${sum});\n")
                  .with("sum", v * pixels + p)
                  .with("pixel", q)
                  .with("tap", v * width + j)
                  .filled());
        }
      }
    }
    return new KernelMethod(
        Role.PART,
        "%s pixels of a row, %s of outputs%s."
            .formatted(pixels, vectors == 1 ? "a vector" : vectors + " vectors", end.says()),
        "void",
        end.name(
            "%sStrip%sx%sBy%s"
                .formatted(vectors == 1 ? "channel" : "wideChannel", height, width, stride)),
        "int x, int line, int pixel, int size, int w, int bias, int z, int next",
        new Template(
                """
                final float[] arena = this.arena;
                final float[] weights = this.weights;
                ${starts}
                for (int i = 0; i < ${height}; i++) {
                  int from = x + i * line;
                  int taps = w + i * ${width} * size * ${panel};
                  for (int c = 0; c < size; c++) {
                    ${step}
                  }
                }
                ${stores}
                """)
            .with("starts", starts)
            .with("height", height)
            .with("width", width)
            .with("panel", panel)
            .with("step", step)
            .with("stores", end.stores(pixels, vectors, lanes.floats()))
            .filled(),
        List.of());
  }
}
