package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Window;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Depthwise convs, two rows of outputs at a time: blocks of four pixels that share what they read,
 * all taps in registers. What two strips of {@link DepthwiseStrips} load twice is loaded once, and
 * there is no inner loop; 32 registers hold the taps of a window of 3 by 3 beside the sums, and
 * from 16 C2 moves some to the stack. For windows that move down as they move across, and that are
 * not dilated.
 */
record DepthwiseBlocks(Window window, Epilogue epilogue, String suffix) {
  static final int ROWS = 2;
  static final int PIXELS = 4;

  KernelMethod method() {
    return new KernelMethod(
        Role.PART,
        "%s rows of %s pixels, all channels.".formatted(ROWS, PIXELS),
        "void",
        "block" + suffix,
        "int x, int line, int pixel, int w, int bias, int z, int below, int next, int padded",
        new Template(
                """
                final float[] arena = this.arena;
                final float[] weights = this.weights;
                for (int c = 0; c < padded; c += $L) {
                  V start = @load(weights, bias + c);
                  ${steps}
                }
                """)
            .with("steps", steps())
            .filled(),
        List.of());
  }

  private String steps() {
    StringBuilder text = new StringBuilder();
    text.append(new Template("V y${sum} = start;\n").each("sum", ROWS * PIXELS));
    text.append(
        new Template("V t${tap} = @load(weights, w + ${tap} * padded + c);\n")
            .each("tap", window.taps()));
    int stride = window.strideWidth();
    for (int i = 0; i < (ROWS - 1) * stride + window.height(); i++) {
      for (int q = 0; q < (PIXELS - 1) * stride + window.width(); q++) {
        String adds = adds(i, q);
        if (!adds.isEmpty()) {
          text.append(
              new Template(
                      "V v${row}_${column} = @load(arena, x + ${row} * line + ${column} * pixel +"
                          + " c);\n")
                  .with("row", i)
                  .with("column", q)
                  .filled());
          text.append(adds);
        }
      }
    }
    List<String> places =
        IntStream.range(0, ROWS * PIXELS)
            .mapToObj(sum -> "z + %s * below + %s * next + c".formatted(sum / PIXELS, sum % PIXELS))
            .toList();
    return text + InlineFormula.stores(epilogue.activation(), places);
  }

  private String adds(int i, int q) {
    int stride = window.strideWidth();
    StringBuilder adds = new StringBuilder();
    for (int sum = 0; sum < ROWS * PIXELS; sum++) {
      int row = i - sum / PIXELS * stride;
      int column = q - sum % PIXELS * stride;
      if (row >= 0 && row < window.height() && column >= 0 && column < window.width()) {
        adds.append(
            new Template("y${sum} = @mac(v${row}_${column}, t${tap}, y${sum});\n")
                .with("sum", sum)
                .with("row", i)
                .with("column", q)
                .with("tap", row * window.width() + column)
                .filled());
      }
    }
    return adds.toString();
  }
}
