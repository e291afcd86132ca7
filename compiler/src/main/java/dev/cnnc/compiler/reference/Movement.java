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

  /** As in ShuffleNet: channels as rows of a table with a row a group, read by columns. */
  static double[] shuffle(Value input, int groups) {
    int pixels = input.shape().pixels();
    int size = input.shape().channels() / groups;
    double[] output = new double[input.data().length];
    for (int group = 0; group < groups; group++) {
      for (int i = 0; i < size; i++) {
        int from = (group * size + i) * pixels;
        System.arraycopy(input.data(), from, output, (i * groups + group) * pixels, pixels);
      }
    }
    return output;
  }

  static double[] crop(Op.Crop crop, Value input, Shape shape) {
    double[] output = new double[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          output[Value.index(shape, channel, row, column)] =
              input.at(channel, crop.top() + row, crop.left() + column);
        }
      }
    }
    return output;
  }

  static double[] tokens(List<Value> inputs, Shape shape) {
    double[] output = new double[shape.size()];
    int first = 0;
    for (Value input : inputs) {
      int pixels = input.shape().pixels();
      for (int channel = 0; channel < shape.channels(); channel++) {
        System.arraycopy(
            input.data(), channel * pixels, output, channel * shape.width() + first, pixels);
      }
      first += pixels;
    }
    return output;
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
