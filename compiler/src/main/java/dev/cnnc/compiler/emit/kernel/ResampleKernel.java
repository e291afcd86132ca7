package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.plan.kernel.RowByRow;

/** Pictures in another size, and borders of their own pixels: vectors over channels. */
final class ResampleKernel {

  private ResampleKernel() {}

  static KernelText text(RowByRow.Resample resample) {
    return KernelText.plain(
        Entry.of(
            "resample",
            Parameter.read("x", 0),
            Parameter.taps("rows", "ROWS", resample.rows()),
            Parameter.taps("columns", "COLUMNS", resample.columns()),
            Parameter.real("outside", resample.outside()),
            Parameter.write("y")),
        """
        Every pixel is the sum of pixels of x, times the weights of their row and of their column;
        {@code outside} where there are none.
        """,
        """
        final float[] arena = this.arena;
        for (int row = from; row < upTo; row++) {
          float[] down = rows[row];
          for (int column = 0; column < y.width(); column++) {
            float[] right = columns[column];
            int y0 = y.offset() + row * y.line() + column * y.pixel();
            if (down.length == 0 || right.length == 0) {
              Arrays.fill(arena, y0, y0 + y.channels(), outside);
            } else if (down.length == 2 && right.length == 2 && down[1] * right[1] == 1f) {
              int x0 = x.offset() + (int) down[0] * x.line() + (int) right[0] * x.pixel();
              System.arraycopy(arena, x0, arena, y0, y.channels());
            } else {
              for (int c = 0; c < y.channels(); c += $L) {
                V sum = @broadcast(0f);
                for (int i = 0; i < down.length; i += 2) {
                  int line = x.offset() + (int) down[i] * x.line() + c;
                  for (int j = 0; j < right.length; j += 2) {
                    int at = line + (int) right[j] * x.pixel();
                    V weight = @broadcast(down[i + 1] * right[j + 1]);
                    sum = @fma(@load(arena, at), weight, sum);
                  }
                }
                @store(sum, arena, y0 + c);
              }
            }
          }
        }
        """);
  }
}
