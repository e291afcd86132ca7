package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;

/** The largest or the average of what a window sees. */
final class Pooling {

  private Pooling() {}

  static double[] pool(Op.Pool pool, Value input, Shape shape) {
    double[] output = new double[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          output[Value.index(shape, channel, row, column)] =
              switch (pool.reduction()) {
                case MAX -> largest(pool.window(), input, channel, row, column);
                case AVERAGE -> average(pool, input, channel, row, column);
              };
        }
      }
    }
    return output;
  }

  private static double largest(Window window, Value input, int channel, int row, int column) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int y = 0; y < window.height(); y++) {
      for (int x = 0; x < window.width(); x++) {
        int atRow = row(window, row, y);
        int atColumn = column(window, column, x);
        if (input.inside(atRow, atColumn)) {
          largest = Math.max(largest, input.at(channel, atRow, atColumn));
        }
      }
    }
    return largest;
  }

  /**
   * PyTorch's rule: where padding counts, the divisor counts it too, but not what rounding up lets
   * the window see behind the padding.
   */
  private static double average(Op.Pool pool, Value input, int channel, int row, int column) {
    Window window = pool.window();
    double sum = 0;
    int count = 0;
    for (int y = 0; y < window.height(); y++) {
      for (int x = 0; x < window.width(); x++) {
        int atRow = row(window, row, y);
        int atColumn = column(window, column, x);
        if (input.inside(atRow, atColumn)) {
          sum += input.at(channel, atRow, atColumn);
          count++;
        } else if (pool.countPadding()
            && atRow < input.shape().height() + window.padding().bottom()
            && atColumn < input.shape().width() + window.padding().right()) {
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private static int row(Window window, int row, int y) {
    return row * window.strideHeight() - window.padding().top() + y * window.dilationHeight();
  }

  private static int column(Window window, int column, int x) {
    return column * window.strideWidth() - window.padding().left() + x * window.dilationWidth();
  }

  static double[] global(Op.Reduction reduction, Value input) {
    Shape shape = input.shape();
    Window all = Window.of(shape.height(), shape.width());
    return pool(new Op.Pool(reduction, all, false, false), input, Shape.vector(shape.channels()));
  }
}
