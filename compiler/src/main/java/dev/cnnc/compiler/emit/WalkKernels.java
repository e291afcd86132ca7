package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import java.util.List;

/** Kernels that read elements in another order: the same text at every width. */
final class WalkKernels {

  private WalkKernels() {}

  static final KernelMethod WALK =
      entry(
          "walk",
          "Reads from {@code start} on by a step for each axis of y.",
          "int start, int perChannel, int perRow, int perColumn, View y, int from, int upTo",
          """
          final float[] arena = this.arena;
          for (int row = from; row < upTo; row++) {
            for (int column = 0; column < y.width(); column++) {
              int x0 = start + row * perRow + column * perColumn;
              int y0 = y.offset() + row * y.line() + column * y.pixel();
              if (perChannel == 1) {
                System.arraycopy(arena, x0, arena, y0, y.channels());
              } else {
                for (int c = 0; c < y.channels(); c++) {
                  arena[y0 + c] = arena[x0 + c * perChannel];
                }
              }
            }
          }
          """);

  static final KernelMethod PIXELS =
      entry(
          "reshapePixels",
          "The pixels of x, row by row, in rows of another length.",
          "View x, View y, int from, int upTo",
          """
          for (int row = from; row < upTo; row++) {
            for (int column = 0; column < y.width(); column++) {
              int pixel = row * y.width() + column;
              int x0 = x.offset() + pixel / x.width() * x.line() + pixel % x.width() * x.pixel();
              int y0 = y.offset() + row * y.line() + column * y.pixel();
              System.arraycopy(arena, x0, arena, y0, y.channels());
            }
          }
          """);

  static final KernelMethod RESHAPE =
      entry(
          "reshape",
          "The elements of x in the order channels, rows, columns, as those of another shape.",
          "View x, View y, int from, int upTo",
          """
          final float[] arena = this.arena;
          for (int row = from; row < upTo; row++) {
            for (int c = 0; c < y.channels(); c++) {
              int element = (c * y.height() + row) * y.width();
              int j = element % x.width();
              int i = element / x.width() % x.height();
              int channel = element / x.width() / x.height();
              int line = x.offset() + i * x.line() + channel;
              int y0 = y.offset() + row * y.line() + c;
              for (int column = 0; column < y.width(); column++) {
                arena[y0 + column * y.pixel()] = arena[line + j * x.pixel()];
                j++;
                if (j == x.width()) {
                  j = 0;
                  i++;
                  if (i == x.height()) {
                    i = 0;
                    channel++;
                  }
                  line = x.offset() + i * x.line() + channel;
                }
              }
            }
          }
          """);

  static final KernelMethod PIXEL_SHUFFLE =
      entry(
          "pixelShuffle",
          "Channels to squares of {@code factor} by {@code factor} pixels.",
          "View x, int factor, View y, int from, int upTo",
          """
          final float[] arena = this.arena;
          int square = factor * factor;
          for (int row = from; row < upTo; row++) {
            for (int column = 0; column < y.width(); column++) {
              int x0 = x.offset() + row / factor * x.line() + column / factor * x.pixel();
              int first = x0 + row % factor * factor + column % factor;
              int y0 = y.offset() + row * y.line() + column * y.pixel();
              for (int c = 0; c < y.channels(); c++) {
                arena[y0 + c] = arena[first + c * square];
              }
            }
          }
          """);

  static final KernelMethod PIXEL_UNSHUFFLE =
      entry(
          "pixelUnshuffle",
          "Squares of {@code factor} by {@code factor} pixels to channels.",
          "View x, int factor, View y, int from, int upTo",
          """
          final float[] arena = this.arena;
          int square = factor * factor;
          for (int row = from; row < upTo; row++) {
            for (int column = 0; column < y.width(); column++) {
              int y0 = y.offset() + row * y.line() + column * y.pixel();
              for (int place = 0; place < square; place++) {
                int line = x.offset() + (row * factor + place / factor) * x.line();
                int x0 = line + (column * factor + place % factor) * x.pixel();
                for (int c = 0; c < x.channels(); c++) {
                  arena[y0 + place + c * square] = arena[x0 + c];
                }
              }
            }
          }
          """);

  static final KernelMethod SPACE_TO_DEPTH =
      entry(
          "spaceToDepth",
          "What lies under the window's stride to the channels of one pixel, zeros for what lies"
              + " outside.",
          "View x, Window window, View y, int from, int upTo",
          """
          final float[] arena = this.arena;
          int height = window.strideHeight();
          int width = window.strideWidth();
          int step = width * x.pixel();
          for (int row = from; row < upTo; row++) {
            int y0 = y.offset() + row * y.line();
            Arrays.fill(arena, y0, y0 + y.width() * y.pixel(), 0);
            for (int place = 0; place < height * width; place++) {
              int i = row * height + place / width - window.top();
              int j = place % width - window.left();
              if (i < 0 || i >= x.height()) {
                continue;
              }
              int first = Math.max(0, (width - 1 - j) / width);
              int end = Math.min(y.width(), (x.width() - j + width - 1) / width);
              for (int c = 0; c < x.channels(); c++) {
                int x0 = x.offset() + i * x.line() + j * x.pixel() + c * x.plane();
                int to = y0 + c * height * width + place;
                for (int column = first; column < end; column++) {
                  arena[to + column * y.pixel()] = arena[x0 + column * step];
                }
              }
            }
          }
          """);

  private static KernelMethod entry(String name, String doc, String parameters, String body) {
    return new KernelMethod(Role.ENTRY, doc, "void", name, parameters, body, List.of());
  }
}
