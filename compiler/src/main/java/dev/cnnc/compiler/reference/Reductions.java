package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Shape;
import java.util.Arrays;

/** Many elements to one, where the output's sides are 1. */
final class Reductions {

  private Reductions() {}

  static double[] of(Reducer reducer, Value input, Shape shape) {
    double[] output = new double[shape.size()];
    Arrays.fill(output, start(reducer));
    Shape own = input.shape();
    for (int channel = 0; channel < own.channels(); channel++) {
      for (int row = 0; row < own.height(); row++) {
        for (int column = 0; column < own.width(); column++) {
          int to =
              Value.index(
                  shape, channel % shape.channels(), row % shape.height(), column % shape.width());
          output[to] = joined(reducer, output[to], input.at(channel, row, column));
        }
      }
    }
    int count = own.size() / shape.size();
    return Arrays.stream(output).map(value -> finished(reducer, value, count)).toArray();
  }

  private static double start(Reducer reducer) {
    return switch (reducer) {
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
      case MEAN, SUM, SUM_SQUARE, L1, L2 -> 0;
    };
  }

  private static double joined(Reducer reducer, double before, double x) {
    return switch (reducer) {
      case MAX -> Math.max(before, x);
      case MIN -> Math.min(before, x);
      case MEAN, SUM -> before + x;
      case SUM_SQUARE, L2 -> before + x * x;
      case L1 -> before + Math.abs(x);
    };
  }

  private static double finished(Reducer reducer, double value, int count) {
    return switch (reducer) {
      case MEAN -> value / count;
      case L2 -> Math.sqrt(value);
      case MAX, MIN, SUM, SUM_SQUARE, L1 -> value;
    };
  }
}
