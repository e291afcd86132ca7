package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.plan.kernel.MinimalLine;
import java.util.List;

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
            ? new Template(
                    """
                    for (int column = 0; column < ${width}; column++) {
                      int from = x + column * pixel + c;
                      ${columns}
                    }
                    for (int row = 0; row < ${height}; row++) {
                      int from = between + row * (${width} * $L);
                      int to = values + row * (${width} * plane) + c;
                      ${rows}
                    }
                    """)
                .with("width", width)
                .with("height", height)
                .with(
                    "columns",
                    spread(down, "line", "between + (${i} * " + width + " + column) * $L"))
                .with("rows", spread(across, "$L", "to + ${i} * plane"))
                .filled()
            : "int from = x + c;\n"
                + spread(line(), height > 1 ? "line" : "pixel", "values + ${i} * plane + c");
    return new KernelMethod(
        Role.PART,
        new Template(
                """
                Transforms {@code channels} channels of ${height} by ${width} pixels from {@code x} on, {@code B^T x B}; one
                product of all is {@code plane} floats from the next.
                """)
            .with("height", height)
            .with("width", width)
            .filled(),
        "void",
        named("spread"),
        "int x, int line, int pixel, int channels, int values, int plane, int between",
        new Template(
                """
                final float[] arena = this.arena;
                for (int c = 0; c < channels; c += $L) {
                  ${body}
                }
                """)
            .with("body", body)
            .filled(),
        List.of());
  }

  /** A line of pixels from {@code from} on, to places of which {@code ${i}} is the number. */
  private static String spread(MinimalLine line, String step, String to) {
    return new Template("V p${i} = @load(arena, from + ${i} * " + step + ");\n")
            .each("i", line.inputs())
        + MinimalFilter.spread(line)
        + new Template("@store(q${i}, arena, " + to + ");\n").each("i", line.products());
  }

  /** From products to outputs. */
  KernelMethod gather() {
    int rows = down.outputs();
    int columns = across.outputs();
    int width = width();
    String body =
        bothWays()
            ? new Template(
                    """
                    for (int column = 0; column < ${width}; column++) {
                      int from = products + column * plane + j;
                      ${columns}
                    }
                    for (int row = 0; row < ${outputRows}; row++) {
                      int from = between + row * (${width} * $L);
                      int to = pixels + row * (${outputColumns} * width) + j;
                      ${rows}
                    }
                    """)
                .with("width", width)
                .with("outputRows", rows)
                .with("outputColumns", columns)
                .with(
                    "columns",
                    gather(
                        down, width + " * plane", "between + (${i} * " + width + " + column) * $L"))
                .with("rows", gather(across, "$L", "to + ${i} * width"))
                .filled()
            : "int from = products + j;\n" + gather(line(), "plane", "pixels + ${i} * width + j");
    return new KernelMethod(
        Role.PART,
        new Template(
                """
                Transforms the products of one tile back to ${rows} by ${columns} pixels of {@code width} outputs, {@code A^T
                p A}.
                """)
            .with("rows", rows)
            .with("columns", columns)
            .filled(),
        "void",
        named("gather"),
        "int products, int plane, int width, int pixels, int between",
        new Template(
                """
                final float[] arena = this.arena;
                for (int j = 0; j < width; j += $L) {
                  ${body}
                }
                """)
            .with("body", body)
            .filled(),
        List.of());
  }

  /** A line of products from {@code from} on, to places of which {@code ${i}} is the number. */
  private static String gather(MinimalLine line, String step, String to) {
    return new Template("V p${i} = @load(arena, from + ${i} * " + step + ");\n")
            .each("i", line.products())
        + MinimalFilter.gather(line)
        + new Template("@store(q${i}, arena, " + to + ");\n").each("i", line.outputs());
  }
}
