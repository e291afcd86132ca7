package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Computation.Operator;

/** Kernels of two values, either of which may be repeated: vectors over channels. */
final class CombineKernels {

  private static final String ONE_X = "@broadcast(arena[x0 + k * x.pixel()])";
  private static final String ALL_X = "@load(arena, x0 + k * x.pixel() + c)";
  private static final String ONE_OTHER = "@broadcast(arena[r0 + k * other.line()])";
  private static final String ALL_OTHER = "@load(arena, r0 + k * other.line() + c)";

  private CombineKernels() {}

  static KernelText of(Operator operator) {
    return KernelText.plain(
        Entry.of(
            "combine" + KernelMethod.capital(operator.word()),
            Parameter.read("x", 0),
            Parameter.read("other", 1),
            Parameter.write("y")),
        "{@code y = %s(x, other)}, element by element; sides of 1 are repeated."
            .formatted(operator.word()),
        new Template(
                """
                final float[] arena = this.arena;
                int xLine = x.height() == 1 ? 0 : x.line();
                int xPixel = x.width() == 1 ? 0 : x.pixel();
                int otherLine = other.height() == 1 ? 0 : other.line();
                int otherPixel = other.width() == 1 ? 0 : other.pixel();
                for (int row = from; row < upTo; row++) {
                  for (int column = 0; column < y.width(); column++) {
                    int x0 = x.offset() + row * xLine + column * xPixel;
                    int r0 = other.offset() + row * otherLine + column * otherPixel;
                    int y0 = y.offset() + row * y.line() + column * y.pixel();
                    ${channels}
                  }
                }
                """)
            .with(
                "channels",
                switch (operator) {
                  case POW -> numbers("powerOf(${x}, ${other})");
                  case FMOD -> numbers("${x} % ${other}");
                  case ADD, SUB, MUL, DIV, MIN, MAX -> vectors("@" + operator.word());
                })
            .filled(),
        operator == Operator.POW
            ? new KernelMethod[] {PowerKernels.OF_TWO_NUMBERS}
            : new KernelMethod[] {});
  }

  /** C2 makes a vector of a number once, where the loop begins. */
  private static String vectors(String operation) {
    return new Template(
            """
            if (x.channels() < y.channels()) {
              V one = @broadcast(arena[x0]);
              for (int c = 0; c < y.channels(); c += $L) {
                @store(${operation}(one, @load(arena, r0 + c)), arena, y0 + c);
              }
            } else if (other.channels() < y.channels()) {
              V one = @broadcast(arena[r0]);
              for (int c = 0; c < y.channels(); c += $L) {
                @store(${operation}(@load(arena, x0 + c), one), arena, y0 + c);
              }
            } else {
              for (int c = 0; c < y.channels(); c += $L) {
                @store(${operation}(@load(arena, x0 + c), @load(arena, r0 + c)), arena, y0 + c);
              }
            }
            """)
        .with("operation", operation)
        .filled();
  }

  /**
   * One by one: a power or a remainder right to the last place for any two numbers takes far more
   * than products.
   */
  private static String numbers(String operation) {
    return new Template(
            """
            int xChannel = x.channels() == 1 ? 0 : 1;
            int otherChannel = other.channels() == 1 ? 0 : 1;
            for (int c = 0; c < y.channels(); c++) {
              arena[y0 + c] = ${operation};
            }
            """)
        .with("operation", operation)
        .with("x", "arena[x0 + c * xChannel]")
        .with("other", "arena[r0 + c * otherChannel]")
        .filled();
  }

  static KernelText matrixProducts() {
    return KernelText.plain(
        Entry.of(
            "matrixProducts",
            Parameter.read("x", 0),
            Parameter.read("other", 1),
            Parameter.write("y")),
        "In every channel {@code y[i][j] = sum of x[i][k] * other[k][j]}, in the order of k.",
        new Template(
                """
                final float[] arena = this.arena;
                for (int row = from; row < upTo; row++) {
                  for (int column = 0; column < y.width(); column++) {
                    int x0 = x.offset() + row * x.line();
                    int r0 = other.offset() + column * other.pixel();
                    int y0 = y.offset() + row * y.line() + column * y.pixel();
                    for (int c = 0; c < y.channels(); c += $L) {
                      V sum = @broadcast(0f);
                      ${products}
                      @store(sum, arena, y0 + c);
                    }
                  }
                }
                """)
            .with(
                "products",
                products("if (x.channels() < y.channels())", ONE_X, ALL_OTHER)
                    + products("else if (other.channels() < y.channels())", ALL_X, ONE_OTHER)
                    + products("else", ALL_X, ALL_OTHER))
            .filled());
  }

  private static String products(String condition, String x, String other) {
    return new Template(
            """
            ${condition} {
              for (int k = 0; k < x.width(); k++) {
                sum = @mac(${x}, ${other}, sum);
              }
            }
            """)
        .with("condition", condition)
        .with("x", x)
        .with("other", other)
        .filled();
  }
}
