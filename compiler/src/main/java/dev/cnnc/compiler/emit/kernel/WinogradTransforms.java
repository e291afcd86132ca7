package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.plan.kernel.MinimalLine;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The transforms of a tile of pixels around the products of {@link WinogradKernels}: columns, then
 * rows, each as {@link MinimalFilter} writes a line.
 *
 * @param down a column of a tile
 * @param across a row of a tile
 * @param suffix what makes names different
 */
record WinogradTransforms(MinimalLine down, MinimalLine across, String suffix) {

  String named(String name) {
    return name + suffix;
  }

  /** Rows of pixels that a tile reads, and of products. */
  int height() {
    return down.products();
  }

  /** Columns of pixels that a tile reads, and of products. */
  int width() {
    return across.products();
  }

  private boolean bothWays() {
    return height() > 1 && width() > 1;
  }

  /** The one direction there is, if not both. */
  private MinimalLine line() {
    return height() > 1 ? down : across;
  }

  /** From pixels to what is multiplied. */
  KernelMethod spread() {
    int height = height();
    int width = width();
    String body =
        bothWays()
            ? """
            for (int column = 0; column < %1$s; column++) {
              int from = x + column * pixel + c;
            %3$s}
            for (int row = 0; row < %2$s; row++) {
              int from = between + row * (%1$s * $L);
              int to = values + row * (%1$s * plane) + c;
            %4$s}
            """
                .formatted(
                    width,
                    height,
                    spread(down, "line", "between + (%1$s * " + width + " + column) * $L")
                        .indent(2),
                    spread(across, "$L", "to + %1$s * plane").indent(2))
            : "int from = x + c;\n"
                + spread(line(), height > 1 ? "line" : "pixel", "values + %1$s * plane + c");
    return new KernelMethod(
        Role.PART,
        """
        Transforms {@code channels} channels of %s by %s pixels from {@code x} on, {@code B^T x B}; one
        product of all is {@code plane} floats from the next.
        """
            .formatted(height, width),
        "void",
        named("spread"),
        "int x, int line, int pixel, int channels, int values, int plane, int between",
        """
        final float[] arena = this.arena;
        for (int c = 0; c < channels; c += $L) {
        %s}
        """
            .formatted(body.indent(2)),
        List.of());
  }

  /** A line of pixels from {@code from} on, to places of which %1$s is the number. */
  private static String spread(MinimalLine line, String step, String to) {
    return lines(line.inputs(), "V p%1$s = @load(arena, from + %1$s * " + step + ");\n")
        + MinimalFilter.spread(line)
        + lines(line.products(), "@store(q%1$s, arena, " + to + ");\n");
  }

  /** From products to outputs. */
  KernelMethod gather() {
    int rows = down.outputs();
    int columns = across.outputs();
    int width = width();
    String body =
        bothWays()
            ? """
            for (int column = 0; column < %1$s; column++) {
              int from = products + column * plane + j;
            %3$s}
            for (int row = 0; row < %2$s; row++) {
              int from = between + row * (%1$s * $L);
              int to = pixels + row * (%5$s * width) + j;
            %4$s}
            """
                .formatted(
                    width,
                    rows,
                    gather(
                            down,
                            width + " * plane",
                            "between + (%1$s * " + width + " + column) * $L")
                        .indent(2),
                    gather(across, "$L", "to + %1$s * width").indent(2),
                    columns)
            : "int from = products + j;\n" + gather(line(), "plane", "pixels + %1$s * width + j");
    return new KernelMethod(
        Role.PART,
        """
        Transforms the products of one tile back to %s by %s pixels of {@code width} outputs, {@code A^T
        p A}.
        """
            .formatted(rows, columns),
        "void",
        named("gather"),
        "int products, int plane, int width, int pixels, int between",
        """
        final float[] arena = this.arena;
        for (int j = 0; j < width; j += $L) {
        %s}
        """
            .formatted(body.indent(2)),
        List.of());
  }

  /** A line of products from {@code from} on, to places of which %1$s is the number. */
  private static String gather(MinimalLine line, String step, String to) {
    return lines(line.products(), "V p%1$s = @load(arena, from + %1$s * " + step + ");\n")
        + MinimalFilter.gather(line)
        + lines(line.outputs(), "@store(q%1$s, arena, " + to + ");\n");
  }

  private static String lines(int count, String line) {
    return IntStream.range(0, count).mapToObj(i -> line.formatted(i)).collect(Collectors.joining());
  }
}
