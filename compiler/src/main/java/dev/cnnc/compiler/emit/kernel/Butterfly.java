package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.plan.kernel.GroupedStrips;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of grouped convs of few channels a group, whose pixels are multiplied as they lie: a vector
 * of channels by vectors of weights for the outputs {@code channel ^ 0}, {@code channel ^ 1} and
 * on. Each difference has a sum of its own, over the taps in order; behind the loop they are added
 * up by exchanging lanes whose numbers differ in one bit, as in a Fourier transform.
 *
 * <p>So no number is repeated in the lanes of its group, and none multiplied by zero. A sum and its
 * place in the order of additions are the same whatever the width of vectors; where the channel at
 * the other end of a difference is in another vector, that one is read.
 */
final class Butterfly {
  private final int lanes;
  private final GroupedStrips kernel;

  /** Sums of a pixel. */
  private final int size;

  private final int pixels;

  /** Outputs whose weights lie side by side. */
  private final int panel;

  /** A vector has the weights of {@code k ^ d} in the lane of k, and one lane looks for its own. */
  private final boolean scalar;

  private final List<String> lines = new ArrayList<>();

  Butterfly(Lanes lanes, GroupedStrips kernel) {
    this.lanes = lanes.floats();
    this.kernel = kernel;
    this.size = kernel.size();
    this.panel = Tile.of(Tile.Use.GROUPED_CONV, this.lanes).getFirst().outputs(this.lanes);
    this.scalar = lanes.isScalar();
    // 32 registers at 512 bits, 16 below.
    int sums = this.lanes == Tile.OUTPUTS ? 16 : 8;
    this.pixels = Math.min(sums / size, GroupedStrips.SHORTEST);
  }

  /** Pixels of a row whose sums are in registers at once. */
  int pixels() {
    return pixels;
  }

  /** The method for some pixels of a row and a vector of outputs, finished if that is short. */
  KernelMethod strip() {
    StripEnd end = StripEnd.of(kernel);
    lines.add("final float[] arena = this.arena;");
    lines.add("final float[] weights = this.weights;");
    loop();
    for (int p = 0; p < pixels; p++) {
      for (int bit = 1; bit < size; bit *= 2) {
        for (int d = 0; d < size; d += 2 * bit) {
          exchange(p, d, bit);
        }
      }
      lines.add("V y%s = @add(%s, @load(weights, bias));".formatted(p, sum(p, 0)));
    }
    return new KernelMethod(
        Role.PART,
        """
        %s pixels of a row by a vector of outputs: {@code sums[d] += x[c] * w[c ^ d][c]} over the list of
        taps, then {@code y[k] = bias[k] + sum of sums[d][k ^ d]}%s.
        """
            .formatted(pixels, end.says()),
        "void",
        end.name("butterfly%sx%s".formatted(pixels, size)),
        "int[] at, int x, int step, int k, int reads, int w, int bias, int z, int next",
        String.join("\n", lines) + "\n" + end.stores(pixels, 1, lanes),
        List.of());
  }

  private void loop() {
    if (scalar) {
      places();
    }
    for (int p = 0; p < pixels; p++) {
      for (int d = 0; d < size; d++) {
        if (d % lanes == 0) {
          String vector = d == 0 ? "k" : "(k ^ %s)".formatted(d);
          lines.add("int %s = x + %s * step + %s;".formatted(vector("x", p, d), p, vector));
        }
        lines.add("V %s = @broadcast(0f);".formatted(sum(p, d)));
      }
    }
    StringBuilder step = new StringBuilder();
    for (int d = 0; d < size; d++) {
      step.append(
          new Template("V w${difference} = @load(weights, w + c * ${taken} + ${place});\n")
              .with("difference", d)
              .with("taken", scalar ? "taken" : size * panel)
              .with("place", scalar ? "place" + d : d * panel)
              .filled());
    }
    for (int p = 0; p < pixels; p++) {
      for (int d = 0; d < size; d++) {
        if (d % lanes == 0) {
          step.append(
              "V %s = @load(arena, %s + read);\n".formatted(vector("v", p, d), vector("x", p, d)));
        }
        step.append(
            new Template("${sum} = @mac(${channels}, w${difference}, ${sum});\n")
                .with("sum", sum(p, d))
                .with("channels", vector("v", p, d))
                .with("difference", d)
                .filled());
      }
    }
    lines.add(
        new Template(
                """
                for (int c = 0; c < reads; c++) {
                  int read = at[SEGMENTS + c];
                  ${step}
                }\
                """)
            .with("step", step)
            .filled());
  }

  /** Where the weights of each difference lie, in panels for vectors of {@code lanes} floats. */
  private void places() {
    String side = PanelReads.widest(Tile.Use.GROUPED_CONV);
    lines.add("int taken = %s * %s;".formatted(size, side));
    for (int d = 0; d < size; d++) {
      lines.add(
          new Template(
                  "int place${difference} = ${difference} * ${side} + (k ^ ${difference} % lanes) -"
                      + " k;")
              .with("difference", d)
              .with("side", side)
              .filled());
    }
  }

  /** Adds the sum at the other end of a difference. */
  private void exchange(int pixel, int difference, int bit) {
    String other = sum(pixel, difference + bit);
    lines.add(
        new Template("${sum} = @add(${sum}, ${other});")
            .with("sum", sum(pixel, difference))
            .with(
                "other",
                bit < lanes
                    ? "@shuffle(%s, %s)".formatted(other, LaneConstant.exchange(bit).name())
                    : other)
            .filled());
  }

  private static String sum(int pixel, int difference) {
    return "y%s_%s".formatted(pixel, difference);
  }

  /** Of the vector that a sum reads: one for all, or one for as many sums as lanes. */
  private String vector(String what, int pixel, int difference) {
    int vector = difference / lanes;
    return what + pixel + (vector == 0 ? "" : "_" + vector);
  }
}
