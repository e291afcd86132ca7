package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import java.util.ArrayList;
import java.util.List;

/**
 * Convs that read fewer channels than a vector has lanes, as the first one of a network does: what
 * a window reads is listed one by one, since runs of channels would be so short that the tile's
 * sums were stored and loaded again more often than added to.
 */
final class FewChannelsKernel {

  private FewChannelsKernel() {}

  /** A conv whose reads are listed. */
  static KernelText text(TiledConv conv) {
    Entry entry = Entry.tiled("convOfFewChannels", conv);
    return new KernelText(
        entry,
        List.of(
            Need.tiles(TileSet.LISTED),
            Need.epilogue(Sharing.LISTED, conv.epilogue(), conv.finishesInRegisters())),
        parts -> method(entry, parts.panels(TileSet.LISTED)));
  }

  private static KernelMethod method(Entry entry, Panels panels) {
    List<KernelMethod> all = new ArrayList<>(panels.methods());
    all.add(ConvKernels.LOCATE);
    all.add(LIST);
    return entry.method(
        """
        Units {@code from} to {@code upTo} of 24 pixels of a conv of so few channels that runs of
        them would be short: what a window reads is listed one by one.
        """,
        new Template(
                """
                int[] at = this.at[worker];
                int sums = scratch + worker * SCRATCH;
                int reads = list(x, window, x.channels(), at);
                ${blocks}
                """)
            .with("blocks", ConvKernels.blocks("", panels.text()))
            .filled(),
        all);
  }

  static final KernelMethod LIST =
      new KernelMethod(
          Role.PART,
          """
          Lists what a window reads: the first {@code channels} of each of its pixels. Returns how
          many.
          """,
          "int",
          "list",
          "View x, Window window, int channels, int[] at",
          """
          int reads = 0;
          for (int row = 0; row < window.height(); row++) {
            for (int column = 0; column < window.width(); column++) {
              int pixel =
                  row * window.dilationHeight() * x.line()
                      + column * window.dilationWidth() * x.pixel();
              for (int channel = 0; channel < channels; channel++) {
                at[SEGMENTS + reads++] = pixel + channel * x.plane();
              }
            }
          }
          return reads;
          """,
          List.of());
}
