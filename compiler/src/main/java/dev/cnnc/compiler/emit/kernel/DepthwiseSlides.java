package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.Depthwise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Depthwise convs of stride 1: for one vector of channels the window slides along a row, or along
 * two rows at once, with its taps in registers. A pixel of the input is read once for all windows
 * of the row that cover it. Sums are taken column by column.
 *
 * <p>With 16 registers C2 keeps some taps on the stack. A load from there needs no address and no
 * check, so that even 25 taps are faster than strips.
 */
final class DepthwiseSlides {
  private final Entry entry;
  private final Depthwise conv;
  private final Window window;

  private DepthwiseSlides(Depthwise conv, Entry entry) {
    this.entry = entry;
    this.conv = conv;
    this.window = conv.window();
  }

  /** For windows of this size. */
  static KernelText text(Depthwise conv) {
    String size = "%sx%s".formatted(conv.window().height(), conv.window().width());
    Entry entry = DepthwiseKernel.entry(conv, "Sliding" + size);
    return new KernelText(entry, List.of(), _ -> new DepthwiseSlides(conv, entry).method());
  }

  private KernelMethod method() {
    List<KernelMethod> calls = new ArrayList<>();
    StringBuilder loops = new StringBuilder();
    IntStream.of(conv.slidingRows(), 1)
        .distinct()
        .forEach(
            rows -> {
              KernelMethod slide = slide(rows);
              calls.add(slide);
              loops.append(loop(rows, slide));
            });
    if (!conv.finishesInRegisters()) {
      calls.add(DepthwiseStrips.activate(conv.epilogue().activation()));
    }
    return entry.method(
        """
        Rows {@code from} to {@code upTo} of a conv with one filter a channel, for windows of %s by %s
        that move by one pixel.
        """
            .formatted(window.height(), window.width()),
        new Template(
                """
                int padded = ${padded};
                int row = from;
                ${loops}
                """)
            .with("padded", TileKernels.padded("y.channels()"))
            .with("loops", loops)
            .filled(),
        calls);
  }

  private String loop(int rows, KernelMethod slide) {
    return new Template(
            """
            for (; row + ${before} < upTo; row += ${rows}) {
              int at = x.offset() + (row - window.top()) * x.line() - window.left() * x.pixel();
              int z = y.offset() + row * y.line();
              ${slide}(at, x.line(), x.pixel(), w, bias, z, y.line(), y.pixel(), y.width(), padded);
              ${activate}
            }
            """)
        .with("before", rows - 1)
        .with("rows", rows)
        .with("slide", slide.name())
        .with("activate", conv.finishesInRegisters() ? "" : activations(rows))
        .filled();
  }

  private String activations(int rows) {
    String method = DepthwiseStrips.activate(conv.epilogue().activation()).name();
    return new Template("${method}(z + ${row} * y.line(), y.pixel(), y.width(), padded);\n")
        .with("method", method)
        .each("row", rows);
  }

  private KernelMethod slide(int rows) {
    return new KernelMethod(
        Role.PART,
        "%s of outputs, all channels.".formatted(rows == 1 ? "A row" : rows + " rows"),
        "void",
        "slide%sOf%s".formatted(rows, entry.name().substring(DepthwiseStrips.PREFIX)),
        "int x, int line, int pixel, int w, int bias, int z, int below, int next, int width, int"
            + " padded",
        new Template(
                """
                final float[] arena = this.arena;
                final float[] weights = this.weights;
                for (int c = 0; c < padded; c += $L) {
                  V start = @load(weights, bias + c);
                  ${taps}
                  ${lines}
                  ${starts}
                  ${first}
                  for (int column = 0; column < width; column++) {
                    int right = (column + ${last}) * pixel;
                    ${begin}
                    ${next}
                    int to = z + column * next + c;
                    ${stores}
                    ${moves}
                  }
                }
                """)
            .with("taps", taps())
            .with("lines", lines(rows))
            .with("starts", starts(rows, 0, window.width() - 1))
            .with("first", first(rows))
            .with("last", window.width() - 1)
            .with("begin", starts(rows, window.width() - 1, window.width()))
            .with("next", column(rows, "right", "n", window.width() - 1, window.width()))
            .with("stores", stores(rows))
            .with("moves", moves(rows))
            .filled(),
        List.of());
  }

  private String taps() {
    return new Template("V t${tap} = @load(weights, w + ${tap} * padded + c);\n")
        .each("tap", window.taps());
  }

  /** Where the rows that the windows cover begin. */
  private String lines(int rows) {
    return new Template("int x${row} = x + ${row} * line + c;\n")
        .each("row", rows - 1 + window.height());
  }

  /** The sums of windows {@code from} to {@code upTo}, counted from the leftmost unfinished one. */
  private static String starts(int rows, int from, int upTo) {
    StringBuilder starts = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      for (int sum = from; sum < upTo; sum++) {
        starts.append("V y%s_%s = start;\n".formatted(row, sum));
      }
    }
    return starts.toString();
  }

  /** The columns of the first window but its last one. */
  private String first(int rows) {
    StringBuilder first = new StringBuilder();
    for (int column = 0; column < window.width() - 1; column++) {
      first.append(column(rows, column + " * pixel", "" + column, column, column + 1));
    }
    return first.toString();
  }

  /**
   * What one column of the input adds.
   *
   * @param place of the column in a row
   * @param name of the column's pixels
   * @param last tap of the leftmost window that reads it
   * @param windows that read it
   */
  private String column(int rows, String place, String name, int last, int windows) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows - 1 + window.height(); i++) {
      String pixel = "v%s_%s".formatted(i, name);
      text.append("V %s = @load(arena, x%s + %s);\n".formatted(pixel, i, place));
      for (int row = 0; row < rows; row++) {
        int tap = (i - row) * window.width() + last;
        if (i >= row && i - row < window.height()) {
          for (int sum = 0; sum < windows; sum++) {
            text.append(
                "y%1$s_%2$s = @mac(%3$s, t%4$s, y%1$s_%2$s);\n"
                    .formatted(row, sum, pixel, tap - sum));
          }
        }
      }
    }
    return text.toString();
  }

  private String stores(int rows) {
    StringBuilder stores = new StringBuilder();
    Epilogue epilogue = conv.epilogue();
    for (int row = 0; row < rows; row++) {
      String sum = "y%s_0".formatted(row);
      InlineFormula.Written written =
          InlineFormula.of(epilogue.activation(), sum)
              .orElse(new InlineFormula.Written(List.of(), sum));
      written.statements().forEach(line -> stores.append(line).append('\n'));
      stores.append("@store(%s, arena, to + %s * below);\n".formatted(written.result(), row));
    }
    return stores.toString();
  }

  /** The next window is the leftmost one then. */
  private String moves(int rows) {
    StringBuilder moves = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      for (int sum = 0; sum < window.width() - 1; sum++) {
        moves.append("y%1$s_%2$s = y%1$s_%3$s;\n".formatted(row, sum, sum + 1));
      }
    }
    return moves.toString();
  }
}
