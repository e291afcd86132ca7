package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * Four panels of an fc at once: its weights are read once, from memory, and four streams of them
 * arrive up to 1.5 times as fast as one.
 */
final class FcKernel {
  private static final int STREAMS = 4;

  private FcKernel() {}

  /** The loop over most outputs, before those over single panels; empty where registers are few. */
  static String loop(Lanes lanes) {
    return lanes.floats() < 8
        ? ""
        : new Template(
                """
                for (; k + ${outputs} <= to; k += ${outputs}) {
                  panelsOfFour(at[0], at, segments, run, w + k * reduction, bias + k, k, finish, sums);
                }
                """)
            .with("outputs", STREAMS * width(lanes))
            .filled();
  }

  /** The methods that the loop calls. */
  static List<KernelMethod> methods(Lanes lanes, KernelMethod finish) {
    return lanes.floats() < 8 ? List.of() : List.of(panels(lanes, finish));
  }

  private static int width(Lanes lanes) {
    return tile(lanes).outputs(lanes.floats());
  }

  private static Tile tile(Lanes lanes) {
    return Tile.of(Tile.Use.FC, lanes.floats()).getFirst();
  }

  private static KernelMethod panels(Lanes lanes, KernelMethod finish) {
    int width = width(lanes);
    return new KernelMethod(
        Role.PART,
        "%s outputs of an fc from k on, in four panels.".formatted(STREAMS * width),
        "void",
        "panelsOfFour",
        "int x, int[] at, int segments, int run, int w, int bias, int k, Finish finish, int sums",
        new Template(
                """
                int apart = segments * run * ${panelOutputs};
                gemmOfFour(x + at[SEGMENTS], run, w, apart, weights, bias, sums);
                for (int s = 1; s < segments; s++) {
                  gemmOfFour(x + at[SEGMENTS + s], run, w + s * run * ${panelOutputs}, apart, arena, sums, sums);
                }
                finish(finish, at, 0, k, 1, ${outputs}, sums);
                """)
            .with("panelOutputs", width)
            .with("outputs", STREAMS * width)
            .filled(),
        List.of(gemm(lanes), finish));
  }

  private static KernelMethod gemm(Lanes lanes) {
    int vectors = tile(lanes).vectors();
    List<List<String>> sums = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (int stream = 0; stream < STREAMS; stream++) {
      List<String> panel = new ArrayList<>();
      for (int v = 0; v < vectors; v++) {
        String sum = "y%s_%s".formatted(stream, v);
        panel.add(sum);
        steps.add(
            new Template(
                    "${sum} = @mac(x0, @load(weights, w${stream} + c * ${panelOutputs} +"
                        + " ${output}), ${sum});\n")
                .with("sum", sum)
                .with("stream", stream)
                .with("panelOutputs", width(lanes))
                .with("output", v * lanes.floats())
                .filled());
      }
      sums.add(panel);
    }
    return gemm(lanes, "gemmOfFour", "four panels", sums, steps);
  }

  /**
   * The hot loop of an fc.
   *
   * @param panels how many, in words
   * @param sums names of the vectors of sums, panel by panel, in the order of the outputs
   * @param steps what is added for channel {@code c} of the pixel, {@code x0}, from the weights of
   *     each panel: those of panel 0 begin at {@code w0}. A lane finds the sums of a panel as far
   *     apart as {@code lanes}, the floats of the vectors that weights are packed for
   */
  static KernelMethod gemm(
      Lanes lanes, String name, String panels, List<List<String>> sums, List<String> steps) {
    StringBuilder starts = new StringBuilder();
    StringBuilder stores = new StringBuilder();
    int output = 0;
    for (int panel = 0; panel < sums.size(); panel++) {
      starts.append(
          new Template("int w${panel} = w + ${panel} * apart;\n").with("panel", panel).filled());
      for (String sum : sums.get(panel)) {
        String place = lanes.isScalar() ? output + " * lanes" : Integer.toString(output);
        starts.append("V %s = @load(start, from + %s);\n".formatted(sum, place));
        stores.append("@store(%s, arena, sums + %s);\n".formatted(sum, place));
        output += lanes.floats();
      }
    }
    return new KernelMethod(
        Role.PART,
        """
        One pixel, %s of outputs, {@code apart} floats of weights from one to the next: {@code
        sums[k] = start[from + k] + sum of x[c] * w[c][k]} over a run of channels, in order.
        """
            .formatted(panels),
        "void",
        name,
        "int x, int run, int w, int apart, float[] start, int from, int sums",
        new Template(
                """
                final float[] arena = this.arena;
                final float[] weights = this.weights;
                ${starts}
                for (int c = 0; c < run; c++) {
                  V x0 = @broadcast(arena[x + c]);
                  ${steps}
                }
                ${stores}
                """)
            .with("starts", starts)
            .with("steps", String.join("", steps))
            .with("stores", stores)
            .filled(),
        List.of());
  }
}
