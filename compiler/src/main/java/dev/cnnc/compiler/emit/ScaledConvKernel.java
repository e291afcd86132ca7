package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.plan.Kernel;
import java.util.ArrayList;
import java.util.List;

/**
 * Convs of one pixel that scale, shift and activate what they read: a block of pixels at a time, in
 * scratch, so that the scaled value never lies in memory.
 */
final class ScaledConvKernel {

  private ScaledConvKernel() {}

  /** Name of the entry with this activation in front. */
  static String name(Activation activation) {
    return FunctionKernels.after("convOfScale", activation);
  }

  /**
   * The entry.
   *
   * @param panels of the convs of all outputs
   */
  static KernelMethod of(Activation activation, ConvKernels.Panels panels) {
    KernelMethod scale = scale(activation);
    List<KernelMethod> all = new ArrayList<>(panels.methods());
    all.add(ConvKernels.LOCATE);
    all.add(scale);
    return new KernelMethod(
        Role.ENTRY,
        """
        Units {@code from} to {@code upTo} of 24 pixels of a conv of one pixel whose input is
        {@code x * factor + shift}%s.
        """
            .formatted(
                activation instanceof Activation.Identity
                    ? ""
                    : " through {@code " + activation + "}"),
        "void",
        name(activation),
        ConvKernels.PARAMETERS + ", int factor, int shift",
        """
        int[] at = this.at[worker];
        int sums = scratch + worker * SCRATCH;
        int segments = 1;
        int run = x.channels();
        int reduction = run;
        at[SEGMENTS] = 0;
        %s\
        """
            .formatted(
                ConvKernels.blocks(
                    "%s(at, count, run, factor, shift, sums + %s);\n"
                        .formatted(scale.name(), Kernel.UNIT_SUMS),
                    panels.text())),
        all);
  }

  private static KernelMethod scale(Activation activation) {
    return new KernelMethod(
        Role.PART,
        """
        Scales, shifts and activates the pixels of a block, and lists where they lie then; the last one
        again up to a whole tile.
        """,
        "void",
        FunctionKernels.after("prepareScale", activation),
        "int[] at, int count, int channels, int factor, int shift, int to",
        """
        final float[] arena = this.arena;
        final float[] weights = this.weights;
        int padded = (channels + 15) & -16;
        for (int i = 0; i < count; i++) {
          int x = at[i];
          int y = to + i * padded;
          for (int c = 0; c < padded; c += $L) {
            @store(%s, arena, y + c);
          }
        }
        for (int i = 0; i < BLOCK; i++) {
          at[i] = to + Math.min(i, count - 1) * padded;
        }
        """
            .formatted(PointwiseKernels.scaled(activation, "x")),
        PointwiseKernels.functions(activation));
  }
}
