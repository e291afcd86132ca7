package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.plan.Kernel;
import java.util.ArrayList;
import java.util.List;

/**
 * Convs of one pixel that scale, shift and activate what they read, or multiply it by the gates of
 * squeeze-and-excitation: a block of pixels at a time, in scratch, so that the scaled value never
 * lies in memory.
 */
final class ScaledConvKernel {

  private ScaledConvKernel() {}

  /** Name of the entry for gates. */
  static final String GATED = "convOfGated";

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
    String after =
        activation instanceof Activation.Identity ? "" : " through {@code " + activation + "}";
    KernelMethod prepare =
        prepare(
            FunctionKernels.after("prepareScale", activation),
            "Scales, shifts and activates",
            "int factor, int shift",
            "final float[] weights = this.weights;\n",
            PointwiseKernels.scaled(activation, "x"),
            PointwiseKernels.functions(activation));
    return entry(
        name(activation),
        "{@code x * factor + shift}" + after,
        "int factor, int shift",
        prepare,
        "factor, shift",
        panels);
  }

  /**
   * The entry for gates.
   *
   * @param panels of the convs of all outputs
   */
  static KernelMethod gated(ConvKernels.Panels panels) {
    KernelMethod prepare =
        prepare(
            "prepareGated",
            "Multiplies by one number a channel",
            "int factor",
            "",
            "@mul(@load(arena, x + c), @load(arena, factor + c))",
            List.of());
    return entry(
        GATED,
        "{@code x * factor}, channel by channel",
        "View factor",
        prepare,
        "factor.offset()",
        panels);
  }

  private static KernelMethod entry(
      String name,
      String input,
      String parameters,
      KernelMethod prepare,
      String arguments,
      ConvKernels.Panels panels) {
    List<KernelMethod> all = new ArrayList<>(panels.methods());
    all.add(ConvKernels.LOCATE);
    all.add(prepare);
    return new KernelMethod(
        Role.ENTRY,
        """
        Units {@code from} to {@code upTo} of 24 pixels of a conv of one pixel whose input is
        %s.
        """
            .formatted(input),
        "void",
        name,
        ConvKernels.PARAMETERS + ", " + parameters,
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
                    "%s(at, count, run, %s, sums + %s);\n"
                        .formatted(prepare.name(), arguments, Kernel.UNIT_SUMS),
                    panels.text())),
        all);
  }

  private static KernelMethod prepare(
      String name,
      String what,
      String parameters,
      String locals,
      String prepared,
      List<KernelMethod> calls) {
    return new KernelMethod(
        Role.PART,
        """
        %s the pixels of a block, and lists where they lie then; the last one
        again up to a whole tile.
        """
            .formatted(what),
        "void",
        name,
        "int[] at, int count, int channels, %s, int to".formatted(parameters),
        """
        final float[] arena = this.arena;
        %sint padded = (channels + 15) & -16;
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
            .formatted(locals, prepared),
        calls);
  }
}
