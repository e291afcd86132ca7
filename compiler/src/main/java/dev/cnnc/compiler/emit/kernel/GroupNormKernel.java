package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.plan.kernel.GroupNorm;
import java.util.List;

/**
 * Group and instance norm: sums over pixels are vectors over channels, row by row; those of a
 * group's channels are then joined in their order.
 */
final class GroupNormKernel {

  private GroupNormKernel() {}

  private static final KernelMethod OF_GROUPS =
      new KernelMethod(
          Role.PART,
          """
          Each channel's sum becomes its group's average, or one over its group's deviation if there
          is an {@code epsilon} of 0 or more.
          """,
          "void",
          "averageOfGroups",
          "int sums, int channels, int size, int pixels, float epsilon",
          """
          for (int first = 0; first < channels; first += size) {
            float sum = 0f;
            for (int i = first; i < first + size; i++) {
              sum += arena[sums + i];
            }
            float average = sum / ((float) size * pixels);
            float result = epsilon < 0f ? average : 1f / (float) Math.sqrt(average + epsilon);
            Arrays.fill(arena, sums + first, sums + first + size, result);
          }
          """,
          List.of());

  static KernelText text(GroupNorm norm) {
    return KernelText.plain(
        Entry.withScratch(
            "groupNorm",
            Parameter.read("x", 0),
            Parameter.weight("w", 0),
            Parameter.weight("bias", 1),
            Parameter.number("size", norm.size()),
            Parameter.number("block", norm.block()),
            Parameter.real("epsilon", norm.epsilon()),
            Parameter.write("y")),
        """
        Blocks {@code from} to {@code upTo} of a group norm (Wu and He, 2018): {@code y = (x - mean)
        / sqrt(variance + epsilon) * weight + bias}, the variance by a second pass.
        """,
        new Template(
                """
                final float[] arena = this.arena;
                int means = scratch + worker * SCRATCH;
                int factors = means + (${padded});
                int pixels = x.height() * x.width();
                for (int first = from * block; first < upTo * block; first += block) {
                  int channels = Math.min(block, y.channels() - first);
                  for (int c = 0; c < channels; c += $L) {
                    V sum = @broadcast(0f);
                    for (int row = 0; row < x.height(); row++) {
                      V line = @broadcast(0f);
                      for (int column = 0; column < x.width(); column++) {
                        int at = x.offset() + row * x.line() + column * x.pixel() + first + c;
                        line = @add(line, @load(arena, at));
                      }
                      sum = @add(sum, line);
                    }
                    @store(sum, arena, means + c);
                  }
                  averageOfGroups(means, channels, size, pixels, -1f);
                  for (int c = 0; c < channels; c += $L) {
                    V mean = @load(arena, means + c);
                    V sum = @broadcast(0f);
                    for (int row = 0; row < x.height(); row++) {
                      V line = @broadcast(0f);
                      for (int column = 0; column < x.width(); column++) {
                        int at = x.offset() + row * x.line() + column * x.pixel() + first + c;
                        V distance = @sub(@load(arena, at), mean);
                        line = @fma(distance, distance, line);
                      }
                      sum = @add(sum, line);
                    }
                    @store(sum, arena, factors + c);
                  }
                  averageOfGroups(factors, channels, size, pixels, epsilon);
                  for (int row = 0; row < y.height(); row++) {
                    for (int column = 0; column < y.width(); column++) {
                      int x0 = x.offset() + row * x.line() + column * x.pixel() + first;
                      int y0 = y.offset() + row * y.line() + column * y.pixel() + first;
                      for (int c = 0; c < channels; c += $L) {
                        V v = @sub(@load(arena, x0 + c), @load(arena, means + c));
                        v = @mul(v, @load(arena, factors + c));
                        int weight = w + first + c;
                        int shift = bias + first + c;
                        @store(@fma(v, @load(weights, weight), @load(weights, shift)), arena, y0 + c);
                      }
                    }
                  }
                }
                """)
            .with("padded", TileKernels.padded("block"))
            .filled(),
        OF_GROUPS);
  }
}
