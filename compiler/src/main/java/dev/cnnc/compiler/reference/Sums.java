package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Rows;
import java.util.List;

/** Conv and fc: every output is a bias plus a sum of products, then the epilogue. */
final class Sums {

  private Sums() {}

  static double[] conv(Op.Conv conv, List<Value> inputs, Shape shape, Parameters parameters) {
    Value input = inputs.getFirst();
    Rows weights = parameters.rows(conv.weight());
    double[] bias = parameters.bias(conv.bias(), conv.filters());
    int depth = input.shape().channels() / conv.groups();
    int filtersPerGroup = conv.filters() / conv.groups();
    double[] sums = new double[shape.size()];
    for (int filter = 0; filter < conv.filters(); filter++) {
      double[] weight = weights.row(filter);
      int from = filter / filtersPerGroup * depth;
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          sums[Value.index(shape, filter, row, column)] =
              bias[filter] + under(conv.window(), input, from, depth, row, column, weight);
        }
      }
    }
    return finish(sums, conv.epilogue(), inputs);
  }

  /** The products under one place of the window; padding is zero, so it is left out. */
  private static double under(
      Window window, Value input, int from, int depth, int row, int column, double[] weight) {
    int top = row * window.strideHeight() - window.padding().top();
    int left = column * window.strideWidth() - window.padding().left();
    double[] data = input.data();
    double sum = 0;
    int next = 0;
    for (int channel = from; channel < from + depth; channel++) {
      for (int y = 0; y < window.height(); y++) {
        int atRow = top + y * window.dilationHeight();
        if (atRow >= 0 && atRow < input.shape().height()) {
          int line = Value.index(input.shape(), channel, atRow, 0);
          for (int x = 0; x < window.width(); x++) {
            int atColumn = left + x * window.dilationWidth();
            if (atColumn >= 0 && atColumn < input.shape().width()) {
              sum += weight[next + x] * data[line + atColumn];
            }
          }
        }
        next += window.width();
      }
    }
    return sum;
  }

  /** Every input element adds its filters, times itself, to what lies under them. */
  static double[] transposed(
      Computation.ConvTranspose conv, Value input, Shape shape, Parameters parameters) {
    Rows weights = parameters.rows(conv.weight());
    double[] bias = parameters.bias(conv.bias(), conv.filters());
    double[] sums = new double[shape.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = bias[i / shape.pixels()];
    }
    int depth = input.shape().channels() / conv.groups();
    for (int channel = 0; channel < input.shape().channels(); channel++) {
      double[] weight = weights.row(channel);
      int first = channel / depth * (conv.filters() / conv.groups());
      for (int row = 0; row < input.shape().height(); row++) {
        for (int column = 0; column < input.shape().width(); column++) {
          double x = input.at(channel, row, column);
          spread(conv.window(), x, row, column, weight, first, sums, shape);
        }
      }
    }
    return sums;
  }

  private static void spread(
      Window window,
      double x,
      int row,
      int column,
      double[] weight,
      int first,
      double[] sums,
      Shape shape) {
    int taps = window.taps();
    for (int i = 0; i < weight.length; i++) {
      int y = i % taps / window.width();
      int toRow =
          row * window.strideHeight() - window.padding().top() + y * window.dilationHeight();
      int toColumn =
          column * window.strideWidth()
              - window.padding().left()
              + i % window.width() * window.dilationWidth();
      if (toRow >= 0 && toRow < shape.height() && toColumn >= 0 && toColumn < shape.width()) {
        sums[Value.index(shape, first + i / taps, toRow, toColumn)] += x * weight[i];
      }
    }
  }

  static double[] fc(Op.Fc fc, List<Value> inputs, Parameters parameters) {
    double[] input = inputs.getFirst().data();
    Rows weights = parameters.rows(fc.weight());
    double[] sums = parameters.bias(fc.bias(), fc.outputs()).clone();
    for (int output = 0; output < fc.outputs(); output++) {
      double[] weight = weights.row(output);
      double sum = 0;
      for (int i = 0; i < input.length; i++) {
        sum += weight[i] * input[i];
      }
      sums[output] += sum;
    }
    return finish(sums, fc.epilogue(), inputs);
  }

  private static double[] finish(double[] sums, Epilogue epilogue, List<Value> inputs) {
    if (epilogue.residual()) {
      double[] residual = inputs.get(1).data();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += residual[i];
      }
    }
    Activation activation = epilogue.activation();
    return Pointwise.activate(activation, sums);
  }
}
