package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import java.util.Arrays;
import java.util.List;

/** Ops that compute nothing: their elements only lie elsewhere. */
final class Movement {

  private Movement() {}

  static double[] concat(List<Value> inputs, Shape shape) {
    double[] output = new double[shape.size()];
    int next = 0;
    for (Value input : inputs) {
      System.arraycopy(input.data(), 0, output, next, input.data().length);
      next += input.data().length;
    }
    return output;
  }

  static double[] slice(Value input, int from, int to) {
    int pixels = input.shape().pixels();
    return Arrays.copyOfRange(input.data(), from * pixels, to * pixels);
  }

  static double[] pad(Op.Pad pad, Value input, Shape shape) {
    double[] output = new double[shape.size()];
    for (int channel = 0; channel < input.shape().channels(); channel++) {
      for (int row = 0; row < input.shape().height(); row++) {
        for (int column = 0; column < input.shape().width(); column++) {
          int index =
              Value.index(
                  shape,
                  channel + pad.channelsBefore(),
                  row + pad.pixels().top(),
                  column + pad.pixels().left());
          output[index] = input.at(channel, row, column);
        }
      }
    }
    return output;
  }

  static double[] upsample(Op.Upsample factor, Value input, Shape shape) {
    double[] output = new double[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          output[Value.index(shape, channel, row, column)] =
              input.at(channel, row / factor.height(), column / factor.width());
        }
      }
    }
    return output;
  }
}
