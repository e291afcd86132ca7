package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import java.util.ArrayList;
import java.util.List;

/**
 * Convs of one pixel that scale, shift and activate what they read, or multiply it by the gates of
 * squeeze-and-excitation: a block of pixels at a time, in scratch, so that the scaled value never
 * lies in memory.
 */
final class ScaledConvKernel {

  private ScaledConvKernel() {}

  /** A conv whose input is scaled, shifted and activated. */
  static KernelText scaled(TiledConv conv, Activation function) {
    Entry entry =
        Entry.tiled(FunctionKernels.after("convOfScale", function), conv)
            .and(Parameter.weight("factor", 2), Parameter.weight("shift", 3))
            .summing();
    String after =
        function instanceof Activation.Identity
            ? ""
            : " through {@code " + function.description().text() + "}";
    KernelMethod prepare =
        prepare(
            FunctionKernels.after("prepareScale", function),
            "Scales, shifts and activates",
            "int factor, int shift",
            "final float[] weights = this.weights;\n",
            PointwiseKernels.scaled(function, "x"),
            PointwiseKernels.functions(function));
    return text(conv, entry, "{@code x * factor + shift}" + after, prepare, "factor, shift");
  }

  /** A conv whose input is multiplied by a gate. */
  static KernelText gated(TiledConv conv) {
    Entry entry = Entry.tiled("convOfGated", conv).and(Parameter.lastRead("factor")).summing();
    KernelMethod prepare =
        prepare(
            "prepareGated",
            "Multiplies by one number a channel",
            "int factor",
            "",
            "@mul(@load(arena, x + c), @load(arena, factor + c))",
            List.of());
    return text(conv, entry, "{@code x * factor}, channel by channel", prepare, "factor.offset()");
  }

  private static KernelText text(
      TiledConv conv, Entry entry, String input, KernelMethod prepare, String arguments) {
    return new KernelText(
        entry,
        List.of(
            Need.tiles(TileSet.CONV),
            Need.epilogue(Sharing.RUNS, conv.epilogue(), conv.finishesInRegisters())),
        parts -> method(entry, input, prepare, arguments, parts.panels(TileSet.CONV)));
  }

  private static KernelMethod method(
      Entry entry, String input, KernelMethod prepare, String arguments, Panels panels) {
    List<KernelMethod> all = new ArrayList<>(panels.methods());
    all.add(ConvKernels.LOCATE);
    all.add(prepare);
    return entry.method(
        """
        Units {@code from} to {@code upTo} of 24 pixels of a conv of one pixel whose input is
        %s.
        """
            .formatted(input),
        new Template(
                """
                int[] at = this.at[worker];
                int sums = scratch + worker * SCRATCH;
                int segments = 1;
                int run = x.channels();
                int reduction = run;
                at[SEGMENTS] = 0;
                ${blocks}
                """)
            .with(
                "blocks",
                ConvKernels.blocks(
                    new Template("${prepare}(at, count, run, ${arguments}, sums + ${sums});\n")
                        .with("prepare", prepare.name())
                        .with("arguments", arguments)
                        .with("sums", Kernel.UNIT_SUMS)
                        .filled(),
                    panels.text()))
            .filled(),
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
        new Template(
                """
                final float[] arena = this.arena;
                ${locals}
                int padded = ${padded};
                for (int i = 0; i < count; i++) {
                  int x = at[i];
                  int y = to + i * padded;
                  for (int c = 0; c < channels; c += $L) {
                    @store(${prepared}, arena, y + c);
                  }
                }
                int listed = Math.min(PLACES, count + UNIT);
                for (int i = 0; i < listed; i++) {
                  at[i] = to + Math.min(i, count - 1) * padded;
                }
                """)
            .with("locals", locals)
            .with("padded", TileKernels.padded("channels"))
            .with("prepared", prepared)
            .filled(),
        calls);
  }
}
