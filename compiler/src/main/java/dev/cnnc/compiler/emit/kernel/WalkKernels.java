package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.Walk;

/** Kernels that read elements in another order: the same text at every width. */
final class WalkKernels {

  private WalkKernels() {}

  static KernelText walk(Walk walk) {
    return KernelText.plain(
        Entry.of(
            "walk",
            Parameter.place("start", walk::start),
            Parameter.place("perChannel", x -> walk.step(x, 0)),
            Parameter.place("perRow", x -> walk.step(x, 1)),
            Parameter.place("perColumn", x -> walk.step(x, 2)),
            Parameter.write("y")),
        "Reads from {@code start} on by a step for each axis of y.",
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
  }

  static KernelText reshapePixels() {
    return KernelText.plain(
        Entry.of("reshapePixels", Parameter.read("x", 0), Parameter.write("y")),
        "The pixels of x, row by row, in rows of another length.",
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
  }

  static KernelText reshape() {
    return KernelText.plain(
        Entry.of("reshape", Parameter.read("x", 0), Parameter.write("y")),
        "The elements of x in the order channels, rows, columns, as those of another shape.",
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
  }

  static KernelText pixelShuffle(int factor) {
    return KernelText.plain(
        Entry.of(
            "pixelShuffle",
            Parameter.read("x", 0),
            Parameter.number("factor", factor),
            Parameter.write("y")),
        "Channels to squares of {@code factor} by {@code factor} pixels.",
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
  }

  static KernelText pixelUnshuffle(int factor) {
    return KernelText.plain(
        Entry.of(
            "pixelUnshuffle",
            Parameter.read("x", 0),
            Parameter.number("factor", factor),
            Parameter.write("y")),
        "Squares of {@code factor} by {@code factor} pixels to channels.",
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
  }

  static KernelText spaceToDepth(Window window) {
    return KernelText.plain(
        Entry.of(
            "spaceToDepth", Parameter.read("x", 0), Parameter.window(window), Parameter.write("y")),
        "What lies under the window's stride to the channels of one pixel, zeros for what lies"
            + " outside.",
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
  }
}
