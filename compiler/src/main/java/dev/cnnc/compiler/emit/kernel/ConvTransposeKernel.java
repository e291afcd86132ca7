package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.plan.kernel.ConvTranspose;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Transposed convs: every output gathers what reaches it, tap by tap and input by input. Vectors
 * run over outputs. Pixels that lie a stride apart see the same taps, so some of them share each
 * load of weights; near the edges, where taps reach beyond the input, pixels are computed alone.
 */
final class ConvTransposeKernel {

  /** Sums of pixels by vectors: enough to hide the latency of a multiply-add. */
  private record Block(int pixels, int vectors) {}

  private static final List<Block> TOGETHER =
      List.of(new Block(ConvTranspose.TOGETHER, 2), new Block(ConvTranspose.TOGETHER, 1));

  private static final List<Block> ALONE = List.of(new Block(1, 4), new Block(1, 1));

  private ConvTransposeKernel() {}

  static KernelText text(ConvTranspose conv) {
    return KernelText.plain(
        Entry.withScratch(
            "convTranspose",
            Parameter.read("x", 0),
            Parameter.window(conv.window()),
            Parameter.number("groups", conv.groups()),
            Parameter.weight("w", 0),
            Parameter.weight("bias", 1),
            Parameter.write("y")),
        """
        Rows {@code from} to {@code upTo} of a transposed conv; weights lie by tap, input and
        output of a group.
        """,
        new Template(
                """
                final float[] arena = this.arena;
                int inputs = x.channels() / groups;
                int outputs = y.channels() / groups;
                int padded = ${padded};
                int sums = scratch + worker * SCRATCH;
                int strideHeight = window.strideHeight();
                int strideWidth = window.strideWidth();
                int reach = (window.width() - 1) * window.dilationWidth();
                int distance = (${pixels} - 1) * strideWidth;
                for (int row = from; row < upTo; row++) {
                  int top = row + window.top();
                  int z = y.offset() + row * y.line();
                  for (int phase = 0; phase < strideWidth; phase++) {
                    int pixels;
                    for (int column = phase; column < y.width(); column += pixels * strideWidth) {
                      int left = column + window.left();
                      boolean inside =
                          left >= reach
                              && left + distance < x.width() * strideWidth
                              && column + distance < y.width();
                      pixels = inside ? ${pixels} : 1;
                      for (int group = 0; group < groups; group++) {
                        int first = group * inputs;
                        int c = 0;
                        if (inside) {
                          ${together}
                        } else {
                          ${alone}
                        }
                        int b = bias + group * outputs;
                        for (int p = 0; p < pixels; p++) {
                          int s = sums + p * padded;
                          int y0 = z + (column + p * strideWidth) * y.pixel() + group * outputs;
                          for (c = 0; c < outputs; c++) {
                            arena[y0 + c] = arena[s + c] + weights[b + c];
                          }
                        }
                      }
                    }
                  }
                }
                """)
            .with("padded", TileKernels.padded("outputs"))
            .with("pixels", ConvTranspose.TOGETHER)
            .with("together", loops(TOGETHER))
            .with("alone", loops(ALONE))
            .filled());
  }

  /** The loops over the outputs of a group, widest first. */
  private static String loops(List<Block> blocks) {
    return blocks.stream()
        .map(
            block ->
                new Template(
                        """
                        for (; c + ${vectors} * $L <= padded; c += ${vectors} * $L) {
                          ${sums}
                        }
                        """)
                    .with("vectors", block.vectors())
                    .with("sums", sums(block))
                    .filled())
        .collect(Collectors.joining());
  }

  private static String sums(Block block) {
    return new Template(
            """
            ${starts}
            for (int i = 0; i < window.height(); i++) {
              int down = top - i * window.dilationHeight();
              int above = down / strideHeight;
              if (down >= 0 && above < x.height() && down == above * strideHeight) {
                for (int j = 0; j < window.width(); j++) {
                  int right = left - j * window.dilationWidth();
                  int before = right / strideWidth;
                  if (right >= 0 && before < x.width() && right == before * strideWidth) {
                    int x0 = x.offset() + above * x.line() + before * x.pixel() + first;
                    int w0 = w + ((i * window.width() + j) * x.channels() + first) * padded + c;
                    for (int k = 0; k < inputs; k++) {
                      ${loads}
                      ${adds}
                    }
                  }
                }
              }
            }
            ${stores}
            """)
        .with("starts", eachSum(block, "V s${pixel}_${vector} = @broadcast(0f);\n"))
        .with(
            "loads",
            new Template("V t${vector} = @load(weights, w0 + k * padded + ${vector} * $L);\n")
                .each("vector", block.vectors()))
        .with(
            "adds",
            IntStream.range(0, block.pixels())
                .mapToObj(pixel -> adds(pixel, block.vectors()))
                .collect(Collectors.joining()))
        .with(
            "stores",
            eachSum(
                block,
                "@store(s${pixel}_${vector}, arena, sums + ${pixel} * padded + c + ${vector} *"
                    + " $L);\n"))
        .filled();
  }

  private static String adds(int pixel, int vectors) {
    return new Template("V v${pixel} = @broadcast(arena[x0 + ${pixel} * x.pixel() + k]);\n")
            .with("pixel", pixel)
            .filled()
        + new Template("s${pixel}_${vector} = @mac(v${pixel}, t${vector}, s${pixel}_${vector});\n")
            .with("pixel", pixel)
            .each("vector", vectors);
  }

  private static String eachSum(Block block, String line) {
    return IntStream.range(0, block.pixels())
        .mapToObj(pixel -> new Template(line).with("pixel", pixel).each("vector", block.vectors()))
        .collect(Collectors.joining());
  }
}
