package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import java.util.List;

/** Kernels that move elements without computing: the same text at every width. */
final class MovementKernels {

  private MovementKernels() {}

  static KernelText copy(RowByRow.Copy copy) {
    return KernelText.plain(
        Entry.of(
            "copy",
            Parameter.read("x", 0),
            Parameter.write("y"),
            Parameter.number("channel", copy.channel()),
            Parameter.number("top", copy.row()),
            Parameter.number("left", copy.column())),
        "Copies x into y, {@code channel} channels, {@code top} rows, {@code left} columns"
            + " inside.",
        """
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column < x.width(); column++) {
            int x0 = x.offset() + row * x.line() + column * x.pixel();
            int y0 = y.offset() + (row + top) * y.line() + (column + left) * y.pixel() + channel;
            System.arraycopy(arena, x0, arena, y0, x.channels());
          }
        }
        """);
  }

  static KernelText tokens(RowByRow.Tokens tokens) {
    return KernelText.plain(
        Entry.of(
            "tokens",
            Parameter.read("x", 0),
            Parameter.write("y"),
            Parameter.number("first", tokens.first())),
        "Copies the pixels of x, row by row, into the row y, from pixel {@code first} on.",
        """
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column < x.width(); column++) {
            int x0 = x.offset() + row * x.line() + column * x.pixel();
            int y0 = y.offset() + (first + row * x.width() + column) * y.pixel();
            System.arraycopy(arena, x0, arena, y0, x.channels());
          }
        }
        """);
  }

  static KernelText crop(RowByRow.Crop crop) {
    return KernelText.plain(
        Entry.of(
            "crop",
            Parameter.read("x", 0),
            Parameter.write("y"),
            Parameter.number("top", crop.top()),
            Parameter.number("left", crop.left())),
        "Copies the pixels of x from {@code top}, {@code left} on.",
        """
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column < y.width(); column++) {
            int x0 = x.offset() + (row + top) * x.line() + (column + left) * x.pixel();
            int y0 = y.offset() + row * y.line() + column * y.pixel();
            System.arraycopy(arena, x0, arena, y0, y.channels());
          }
        }
        """);
  }

  /**
   * One for each number of groups: C2 drops the checks of bounds where the stride is a constant.
   */
  static KernelText shuffle(int groups) {
    return KernelText.plain(
        Entry.of("shuffle" + groups, Parameter.read("x", 0), Parameter.write("y")),
        "Deals the channels of %s groups out: the first of each, then the second of each, and so on."
            .formatted(groups),
        new Template(
                """
                final float[] arena = this.arena;
                int size = x.channels() / ${groups};
                for (int row = from; row < upTo; row++) {
                  for (int column = 0; column < y.width(); column++) {
                    int x0 = x.offset() + row * x.line() + column * x.pixel();
                    int y0 = y.offset() + row * y.line() + column * y.pixel();
                    for (int group = 0; group < ${groups}; group++) {
                      for (int i = 0; i < size; i++) {
                        arena[y0 + group + i * ${groups}] = arena[x0 + group * size + i];
                      }
                    }
                  }
                }
                """)
            .with("groups", groups)
            .filled());
  }

  static KernelText upsample(RowByRow.Upsample upsample) {
    return KernelText.plain(
        Entry.of(
            "upsample",
            Parameter.read("x", 0),
            Parameter.write("y"),
            Parameter.number("vertical", upsample.height()),
            Parameter.number("horizontal", upsample.width())),
        "Repeats every pixel {@code vertical} times {@code horizontal} times.",
        """
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column < y.width(); column++) {
            int x0 = x.offset() + row / vertical * x.line() + column / horizontal * x.pixel();
            int y0 = y.offset() + row * y.line() + column * y.pixel();
            System.arraycopy(arena, x0, arena, y0, x.channels());
          }
        }
        """);
  }

  static KernelText flatten() {
    return KernelText.plain(
        new Entry("flatten", List.of(Parameter.read("x", 0), Parameter.write("y"))),
        "All elements in the order channels, rows, columns.",
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
  }

  static KernelText learned() {
    return KernelText.plain(
        Entry.of("learned", Parameter.weight("w", 0), Parameter.write("y")),
        "A learned tensor as a value.",
        new Template(
                """
                for (int row = from; row < upTo; row++) {
                  for (int column = 0; column < y.width(); column++) {
                    int place = w + (row * y.width() + column) * (${padded});
                    int y0 = y.offset() + row * y.line() + column * y.pixel();
                    System.arraycopy(weights, place, arena, y0, y.channels());
                  }
                }
                """)
            .with("padded", TileKernels.padded("y.channels()"))
            .filled());
  }

  static KernelText clear() {
    return KernelText.plain(
        Entry.of("clear", Parameter.write("y")),
        "Zeros.",
        """
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column < y.width(); column++) {
            int start = y.offset() + row * y.line() + column * y.pixel();
            Arrays.fill(arena, start, start + y.channels(), 0f);
          }
        }
        """);
  }

  static KernelText clearHalo(Padding halo) {
    return KernelText.plain(
        new Entry(
            "clearHalo",
            List.of(
                Parameter.write("y"),
                Parameter.number("top", halo.top()),
                Parameter.number("left", halo.left()),
                Parameter.number("bottom", halo.bottom()),
                Parameter.number("right", halo.right()))),
        "Zeros around y, where other values lay before.",
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
  }
}
