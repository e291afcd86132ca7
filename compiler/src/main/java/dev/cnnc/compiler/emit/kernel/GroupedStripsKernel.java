package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.kernel.GroupedStrips;
import dev.cnnc.compiler.plan.kernel.Kernel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Grouped convs with as many outputs as channels in a group: a vector of outputs at a time, or two
 * that read the same channels, some pixels of a row.
 *
 * <p>From 16 channels a group on one channel is broadcast to all lanes, and pixels of a row share
 * what they read; sums run over rows of the window, channels, columns. Those of smaller groups a
 * {@link Butterfly} makes.
 */
final class GroupedStripsKernel {
  private final Lanes lanes;
  private final GroupedStrips kernel;
  private final Entry entry;
  private final Collection<Epilogue> epilogues;
  private final boolean inRegisters;

  private GroupedStripsKernel(GroupedStrips kernel, Entry entry, Parts parts) {
    this.lanes = parts.lanes();
    this.kernel = kernel;
    this.entry = entry;
    this.epilogues = parts.inMemory();
    this.inRegisters = kernel.finishesInRegisters();
  }

  /** For windows of this size and stride of columns, or groups of this size. */
  static KernelText text(GroupedStrips kernel) {
    Entry entry = entry(kernel);
    List<Need> needs = new ArrayList<>();
    needs.add(Need.epilogue(Sharing.NONE, kernel.epilogue(), kernel.finishesInRegisters()));
    if (kernel.isButterfly()) {
      needs.add(new Need.Exchanges(kernel.size()));
    }
    return new KernelText(
        entry, needs, parts -> new GroupedStripsKernel(kernel, entry, parts).method());
  }

  private static Entry entry(GroupedStrips kernel) {
    Parameter size = Parameter.number("size", kernel.size());
    Parameter band = Parameter.number("band", kernel.band());
    return kernel.finishesInRegisters()
        ? Entry.withScratch(
            name(kernel),
            Parameter.read("x", 0),
            Parameter.window(kernel.window()),
            size,
            band,
            Parameter.weight("w", 0),
            Parameter.weight("bias", 1),
            Parameter.write("y"))
        : Entry.tiled(name(kernel), kernel.window(), kernel.epilogue(), size, band);
  }

  private static String name(GroupedStrips kernel) {
    return StripEnd.of(kernel)
        .name(
            (kernel.isWide() ? "wideGrouped" : "grouped")
                + (kernel.isButterfly() ? "Of" + kernel.size() : shape(kernel)));
  }

  private KernelMethod method() {
    return kernel.isButterfly() ? ofFew() : ofMany();
  }

  private static String shape(GroupedStrips kernel) {
    return "%sx%sBy%s"
        .formatted(
            kernel.window().height(), kernel.window().width(), kernel.window().strideWidth());
  }

  private KernelMethod ofFew() {
    Butterfly butterfly = new Butterfly(lanes, kernel);
    KernelMethod strip = butterfly.strip();
    return loops(
        "groups of %s channels".formatted(kernel.size()),
        """
        int[] at = this.at[worker];
        list(x, window, 1, at);
        int step = window.strideWidth() * x.pixel();
        """,
        "0",
        butterfly.pixels(),
        1,
        new Template(
                "${strip}(at, first + q * step, step, k, window.taps(), taken, bias + k,"
                    + " ${results});\n")
            .with("strip", strip.name()),
        List.of(strip, FewChannelsKernel.LIST));
  }

  private KernelMethod ofMany() {
    KernelMethod strip = ChannelStrip.of(lanes, kernel);
    return loops(
        new Template(
                "groups of {@code size} channels${multiple}, for windows of ${height} by ${width}"
                    + " that move by ${stride} columns,")
            .with("multiple", kernel.isWide() ? ", a multiple of 32" : "")
            .with("height", kernel.window().height())
            .with("width", kernel.window().width())
            .with("stride", kernel.window().strideWidth())
            .filled(),
        inRegisters ? "" : "int[] at = this.at[worker];\n",
        "k / size * size",
        ChannelStrip.pixels(lanes),
        ChannelStrip.vectors(lanes, kernel),
        new Template(
                "${strip}(first + q * ${stride} * x.pixel(), window.dilationHeight() * x.line(),"
                    + " x.pixel(), size, taken, bias + k, ${results});\n")
            .with("strip", strip.name())
            .with("stride", kernel.window().strideWidth()),
        List.of(strip));
  }

  /**
   * The loops over bands of rows, vectors of outputs k, rows and pixels.
   *
   * @param channel the first that k reads
   * @param vectors of outputs at a time
   * @param strip the call of the method for some pixels, but for the places of its results
   */
  private KernelMethod loops(
      String which,
      String prepare,
      String channel,
      int pixels,
      int vectors,
      Template strip,
      List<KernelMethod> parts) {
    int outputs = vectors * lanes.floats();
    List<KernelMethod> calls = new ArrayList<>(parts);
    if (!inRegisters) {
      calls.addAll(List.of(PLACES, TileFinish.of(lanes, epilogues)));
    }
    return entry.method(
        """
        Rows {@code from} to {@code upTo} of a conv with %s and as many
        outputs, of rows of seven to %s pixels; {@code band} rows at once.
        """
            .formatted(which, Kernel.BLOCK),
        new Template(
                """
                int reduction = window.taps() * size;
                ${prepare}
                for (int row = from; row < upTo; row += band) {
                  int rows = Math.min(band, upTo - row);
                  int corner =
                      x.offset()
                          + (row * window.strideHeight() - window.top()) * x.line()
                          - window.left() * x.pixel();
                  for (int k = 0; k < y.channels(); k += ${outputs}) {
                    int taken = w + k / ${panel} * ${panel} * reduction + k % ${panel};
                    int start = corner + ${channel};
                    for (int i = 0; i < rows; i++) {
                      ${places}
                      int first = start + i * window.strideHeight() * x.line();
                      for (int p = 0; p < y.width(); p += ${pixels}) {
                        int q = Math.min(p, y.width() - ${pixels});
                        ${strip}
                      }
                      ${finish}
                    }
                  }
                }
                """)
            .with(
                "prepare",
                inRegisters ? prepare : prepare + "int sums = scratch + worker * SCRATCH;\n")
            .with("outputs", outputs)
            .with("panel", PanelReads.ofGroups(lanes))
            .with("channel", channel)
            .with(
                "places",
                inRegisters
                    ? "int z = y.offset() + (row + i) * y.line() + k;\n"
                    : "places(residual, y, row + i, at);\n")
            .with("pixels", pixels)
            .with(
                "strip",
                strip
                    .with(
                        "results",
                        inRegisters
                            ? "z + q * y.pixel(), y.pixel()"
                            : "sums + q * %s, %s".formatted(outputs, outputs))
                    .filled())
            .with(
                "finish",
                inRegisters
                    ? ""
                    : "finish(finish, at, 0, k, y.width(), %s, sums);\n".formatted(outputs))
            .filled(),
        calls);
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
            at[PLACES + i] = z + i * y.pixel();
            at[2 * PLACES + i] = r + i * residual.pixel();
          }
          """,
          List.of());
}
