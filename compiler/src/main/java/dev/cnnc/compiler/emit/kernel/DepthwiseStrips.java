package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.Depthwise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Depthwise convs over rows of seven pixels or more: vectors over channels, a strip of a row at a
 * time, whose pixels share what they read. The last strip ends where the row ends, and computes
 * again what the one before has.
 *
 * <p>Columns of the window are written out, its rows are a loop of constant length, which C2
 * unrolls as far as is good: written out, all taps at once spilled from 5 by 5 on, and with any
 * number of rows the loop took three times as long.
 */
final class DepthwiseStrips {
  /** Length of the prefix "depthwise", which part names drop. */
  static final int PREFIX = "depthwise".length();

  private final Depthwise conv;
  private final Entry entry;
  private final int pixels;
  private final Window window;
  private final int stride;
  private final Epilogue epilogue;

  private DepthwiseStrips(Depthwise conv, Entry entry, Lanes lanes) {
    this.conv = conv;
    this.entry = entry;
    this.pixels = conv.strip(lanes.floats());
    this.window = conv.window();
    this.stride = window.strideWidth();
    this.epilogue = conv.epilogue();
  }

  /** For windows of this size and stride of columns. */
  static KernelText text(Depthwise conv) {
    Window window = conv.window();
    String windows = "%sx%sBy%s".formatted(window.height(), window.width(), window.strideWidth());
    Entry entry = DepthwiseKernel.entry(conv, windows);
    return new KernelText(
        entry, List.of(), parts -> new DepthwiseStrips(conv, entry, parts.lanes()).method());
  }

  /** What makes the names of parts different. */
  private String suffix() {
    return entry.name().substring(PREFIX);
  }

  private KernelMethod method() {
    KernelMethod strip = strip();
    String after = "";
    List<KernelMethod> calls = new ArrayList<>(List.of(strip));
    if (!conv.finishesInRegisters()) {
      KernelMethod activate = activate(epilogue.activation());
      calls.add(activate);
      after = activation(activate, "z", pixels);
    }
    String residual =
        epilogue.residual()
            ? "int r = residual.offset() + row * residual.line() + first * residual.pixel();\n"
            : "";
    String call =
        new Template("${strip}(at, line, x.pixel(), w, bias, ${residual}z, y.pixel(), padded);\n")
            .with("strip", strip.name())
            .with("residual", epilogue.residual() ? "r, residual.pixel(), " : "")
            .filled();
    return entry.method(
        new Template(
                """
                Rows {@code from} to {@code upTo} of a conv with one filter a channel, for windows of ${height} by ${width} that
                move by ${stride} columns, and rows of seven pixels or more.
                """)
            .with("height", window.height())
            .with("width", window.width())
            .with("stride", stride)
            .filled(),
        new Template(
                """
                int padded = ${padded};
                int line = window.dilationHeight() * x.line();
                int row = from;
                ${blocks}
                ${rows}
                """)
            .with("padded", TileKernels.padded("y.channels()"))
            .with("blocks", blocks(calls))
            .with("rows", rows("row < upTo; row++", pixels, residual + call + after))
            .filled(),
        calls);
  }

  /** The loop over pairs of rows, if they are computed in blocks. */
  private String blocks(List<KernelMethod> calls) {
    if (!conv.inBlocks()) {
      return "";
    }
    KernelMethod block = new DepthwiseBlocks(window, epilogue, suffix()).method();
    calls.add(block);
    String activate =
        conv.finishesInRegisters()
            ? ""
            : activation(activate(epilogue.activation()), "z", DepthwiseBlocks.PIXELS)
                + activation(
                    activate(epilogue.activation()), "z + y.line()", DepthwiseBlocks.PIXELS);
    String call =
        "%s(at, line, x.pixel(), w, bias, z, y.line(), y.pixel(), padded);\n"
            .formatted(block.name());
    return "boolean square = window.strideHeight() == %s && window.dilationHeight() == 1;\n"
            .formatted(stride)
        + rows("square && row + 1 < upTo; row += 2", DepthwiseBlocks.PIXELS, call + activate);
  }

  private static String activation(KernelMethod activate, String place, int pixels) {
    return "%s(%s, y.pixel(), %s, padded);\n".formatted(activate.name(), place, pixels);
  }

  /**
   * A loop over rows, and in each over strips or blocks; the last one ends where the row ends.
   *
   * @param header which rows
   * @param width pixels of a strip or block
   * @param body what is done with that at {@code at}, to {@code z}
   */
  private String rows(String header, int width, String body) {
    return new Template(
            """
            for (; ${header}) {
              int corner =
                  x.offset()
                      + (row * window.strideHeight() - window.top()) * x.line()
                      - window.left() * x.pixel();
              for (int column = 0; column < y.width(); column += ${pixels}) {
                int first = Math.min(column, y.width() - ${pixels});
                int at = corner + first * ${stride} * x.pixel();
                int z = y.offset() + row * y.line() + first * y.pixel();
                ${body}
              }
            }
            """)
        .with("header", header)
        .with("pixels", width)
        .with("stride", stride)
        .with("body", body)
        .filled();
  }

  private KernelMethod strip() {
    StringBuilder row = new StringBuilder();
    for (int j = 0; j < window.width(); j++) {
      row.append(
          new Template("V t${column} = @load(weights, tap + ${column} * padded);\n")
              .with("column", j)
              .filled());
    }
    for (int q = 0; q < (pixels - 1) * stride + window.width(); q++) {
      row.append(
          new Template("V v${column} = @load(arena, from + ${column} * pixel);\n")
              .with("column", q)
              .filled());
      for (int p = 0; p < pixels; p++) {
        int j = q - p * stride;
        if (j >= 0 && j < window.width()) {
          row.append(
              new Template("y${pixel} = @mac(v${column}, t${tap}, y${pixel});\n")
                  .with("pixel", p)
                  .with("column", q)
                  .with("tap", j)
                  .filled());
        }
      }
    }
    String residual =
        epilogue.residual()
            ? each("y${pixel} = @add(y${pixel}, @load(arena, r + ${pixel} * beside + c));\n")
            : "";
    return new KernelMethod(
        Role.PART,
        "%s pixels of a row, all channels.".formatted(pixels),
        "void",
        "strip" + suffix(),
        "int x, int line, int pixel, int w, int bias, %sint z, int next, int padded"
            .formatted(epilogue.residual() ? "int r, int beside, " : ""),
        new Template(
                """
                final float[] arena = this.arena;
                final float[] weights = this.weights;
                for (int c = 0; c < padded; c += $L) {
                  V start = @load(weights, bias + c);
                  ${starts}
                  int from = x + c;
                  int tap = w + c;
                  for (int i = 0; i < ${height}; i++) {
                    ${row}
                    from += line;
                    tap += ${width} * padded;
                  }
                  ${residual}
                  ${stores}
                }
                """)
            .with("starts", each("V y${pixel} = start;\n"))
            .with("height", window.height())
            .with("width", window.width())
            .with("row", row)
            .with("residual", residual)
            .with(
                "stores",
                InlineFormula.stores(
                    epilogue.activation(),
                    IntStream.range(0, pixels)
                        .mapToObj(p -> "z + %s * next + c".formatted(p))
                        .toList()))
            .filled(),
        List.of());
  }

  /** The activation in a loop of its own: behind the sums C2 would not inline a long formula. */
  static KernelMethod activate(Activation activation) {
    KernelMethod function = FunctionKernels.of(activation);
    return new KernelMethod(
        Role.PART,
        "The activation {@code %s} of some pixels, in place."
            .formatted(activation.description().text()),
        "void",
        PointwiseKernels.name(activation) + "InPlace",
        "int z, int next, int pixels, int padded",
        new Template(
                """
                // One loop where pixels lie side by side, for short ones are slow.
                int together = next == padded ? pixels : 1;
                for (int p = 0; p < pixels; p += together) {
                  int at = z + p * next;
                  for (int c = 0; c < together * padded; c += $L) {
                    @store(${function}(@load(arena, at + c)), arena, at + c);
                  }
                }
                """)
            .with("function", function.name())
            .filled(),
        List.of(function));
  }

  private String each(String line) {
    return new Template(line).each("pixel", pixels);
  }
}
