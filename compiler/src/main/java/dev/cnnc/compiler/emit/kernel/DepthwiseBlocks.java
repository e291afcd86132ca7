package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Window;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Depthwise convs, two rows of outputs at a time: blocks of four pixels that share what they read,
 * all taps in registers. What two strips of {@link DepthwiseStrips} load twice is loaded once, and
 * there is no inner loop; 32 registers hold the taps of a window of 3 by 3 beside the sums. For
 * windows that move down as they move across, and that are not dilated.
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
        """
        final float[] arena = this.arena;
        final float[] weights = this.weights;
        for (int c = 0; c < padded; c += $L) {
          V start = @load(weights, bias + c);
        %s}
        """
            .formatted(steps().indent(2)),
        List.of());
  }

  private String steps() {
    StringBuilder text = new StringBuilder();
    for (int sum = 0; sum < ROWS * PIXELS; sum++) {
      text.append("V y%s = start;\n".formatted(sum));
    }
    for (int tap = 0; tap < window.taps(); tap++) {
      text.append("V t%1$s = @load(weights, w + %1$s * padded + c);\n".formatted(tap));
    }
    int stride = window.strideWidth();
    for (int i = 0; i < (ROWS - 1) * stride + window.height(); i++) {
      for (int q = 0; q < (PIXELS - 1) * stride + window.width(); q++) {
        String adds = adds(i, q);
        if (!adds.isEmpty()) {
          text.append(
              "V v%1$s_%2$s = @load(arena, x + %1$s * line + %2$s * pixel + c);\n".formatted(i, q));
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
            "y%1$s = @fma(v%2$s_%3$s, t%4$s, y%1$s);\n"
                .formatted(sum, i, q, row * window.width() + column));
      }
    }
    return adds.toString();
  }
}
