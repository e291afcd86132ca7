package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import java.util.List;

/** Kernels that move elements without computing: the same text at every width. */
final class MovementKernels {

  private MovementKernels() {}

  static final KernelMethod COPY =
      entry(
          "copy",
          "Copies x into y, {@code channel} channels, {@code top} rows, {@code left} columns"
              + " inside.",
          "View x, View y, int channel, int top, int left, int from, int upTo",
          """
          for (int row = from; row < upTo; row++) {
            for (int column = 0; column < x.width(); column++) {
              int x0 = x.offset() + row * x.line() + column * x.pixel();
              int y0 = y.offset() + (row + top) * y.line() + (column + left) * y.pixel() + channel;
              System.arraycopy(arena, x0, arena, y0, x.channels());
            }
          }
          """);

  static final KernelMethod TOKENS =
      entry(
          "tokens",
          "Copies the pixels of x, row by row, into the row y, from pixel {@code first} on.",
          "View x, View y, int first, int from, int upTo",
          """
          for (int row = from; row < upTo; row++) {
            for (int column = 0; column < x.width(); column++) {
              int x0 = x.offset() + row * x.line() + column * x.pixel();
              int y0 = y.offset() + (first + row * x.width() + column) * y.pixel();
              System.arraycopy(arena, x0, arena, y0, x.channels());
            }
          }
          """);

  static final KernelMethod CROP =
      entry(
          "crop",
          "Copies the pixels of x from {@code top}, {@code left} on.",
          "View x, View y, int top, int left, int from, int upTo",
          """
          for (int row = from; row < upTo; row++) {
            for (int column = 0; column < y.width(); column++) {
              int x0 = x.offset() + (row + top) * x.line() + (column + left) * x.pixel();
              int y0 = y.offset() + row * y.line() + column * y.pixel();
              System.arraycopy(arena, x0, arena, y0, y.channels());
            }
          }
          """);

  static String shuffleName(int groups) {
    return "shuffle" + groups;
  }

  /**
   * One for each number of groups: C2 drops the checks of bounds where the stride is a constant.
   */
  static KernelMethod shuffle(int groups) {
    return entry(
        shuffleName(groups),
        "Deals the channels of %s groups out: the first of each, then the second of each, and so on."
            .formatted(groups),
        "View x, View y, int from, int upTo",
        """
        final float[] arena = this.arena;
        int size = x.channels() / %1$s;
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column < y.width(); column++) {
            int x0 = x.offset() + row * x.line() + column * x.pixel();
            int y0 = y.offset() + row * y.line() + column * y.pixel();
            for (int group = 0; group < %1$s; group++) {
              for (int i = 0; i < size; i++) {
                arena[y0 + group + i * %1$s] = arena[x0 + group * size + i];
              }
            }
          }
        }
        """
            .formatted(groups));
  }

  static final KernelMethod UPSAMPLE =
      entry(
          "upsample",
          "Repeats every pixel {@code vertical} times {@code horizontal} times.",
          "View x, View y, int vertical, int horizontal, int from, int upTo",
          """
          for (int row = from; row < upTo; row++) {
            for (int column = 0; column < y.width(); column++) {
              int x0 = x.offset() + row / vertical * x.line() + column / horizontal * x.pixel();
              int y0 = y.offset() + row * y.line() + column * y.pixel();
              System.arraycopy(arena, x0, arena, y0, x.channels());
            }
          }
          """);

  static final KernelMethod FLATTEN =
      entry(
          "flatten",
          "All elements in the order channels, rows, columns.",
          "View x, View y",
          """
          int to = y.offset();
          for (int channel = 0; channel < x.channels(); channel++) {
            for (int row = 0; row < x.height(); row++) {
              for (int column = 0; column < x.width(); column++) {
                arena[to++] = arena[x.offset() + row * x.line() + column * x.pixel() + channel];
              }
            }
          }
          """);

  static final KernelMethod LEARNED =
      entry(
          "learned",
          "A learned tensor as a value.",
          "int w, View y, int from, int upTo",
          """
          for (int row = from; row < upTo; row++) {
            for (int column = 0; column < y.width(); column++) {
              int place = w + (row * y.width() + column) * ((y.channels() + 15) & -16);
              int y0 = y.offset() + row * y.line() + column * y.pixel();
              System.arraycopy(weights, place, arena, y0, y.channels());
            }
          }
          """);

  static final KernelMethod CLEAR =
      entry(
          "clear",
          "Zeros.",
          "View y, int from, int upTo",
          """
          for (int row = from; row < upTo; row++) {
            for (int column = 0; column < y.width(); column++) {
              int start = y.offset() + row * y.line() + column * y.pixel();
              Arrays.fill(arena, start, start + y.channels(), 0f);
            }
          }
          """);

  static final KernelMethod CLEAR_HALO =
      entry(
          "clearHalo",
          "Zeros around y, where other values lay before.",
          "View y, int top, int left, int bottom, int right",
          """
          int planes = y.plane() == 1 ? 1 : y.channels();
          int width = y.width() * y.pixel();
          for (int plane = 0; plane < planes; plane++) {
            int start = y.offset() + plane * y.plane() - left * y.pixel();
            Arrays.fill(arena, start - top * y.line(), start, 0f);
            for (int row = 0; row < y.height(); row++) {
              int line = start + row * y.line();
              Arrays.fill(arena, line, line + left * y.pixel(), 0f);
              int end = line + left * y.pixel() + width;
              Arrays.fill(arena, end, end + right * y.pixel(), 0f);
            }
            int below = start + y.height() * y.line();
            Arrays.fill(arena, below, below + bottom * y.line(), 0f);
          }
          """);

  private static KernelMethod entry(String name, String doc, String parameters, String body) {
    return new KernelMethod(Role.ENTRY, doc, "void", name, parameters, body, List.of());
  }
}
