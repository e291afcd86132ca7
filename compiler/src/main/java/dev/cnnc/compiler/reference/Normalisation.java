package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;

/** Ops that bring values to a common size. */
final class Normalisation {

  private Normalisation() {}

  static double[] batchNorm(Op.BatchNorm norm, Value input, Parameters parameters) {
    double[] weight = parameters.all(norm.weight());
    double[] bias = parameters.all(norm.bias());
    double[] mean = parameters.all(norm.mean());
    double[] variance = parameters.all(norm.variance());
    double[] output = new double[input.data().length];
    for (int i = 0; i < output.length; i++) {
      int channel = i / input.shape().pixels();
      output[i] =
          (input.data()[i] - mean[channel])
                  / Math.sqrt(variance[channel] + norm.epsilon())
                  * weight[channel]
              + bias[channel];
    }
    return output;
  }

  static double[] layerNorm(Op.LayerNorm norm, Value input, Parameters parameters) {
    double[] weight = parameters.all(norm.weight());
    double[] bias = parameters.all(norm.bias());
    Shape shape = input.shape();
    double[] output = new double[shape.size()];
    for (int pixel = 0; pixel < shape.pixels(); pixel++) {
      double sum = 0;
      for (int i = pixel; i < output.length; i += shape.pixels()) {
        sum += input.data()[i];
      }
      double mean = sum / shape.channels();
      double squares = 0;
      for (int i = pixel; i < output.length; i += shape.pixels()) {
        squares += (input.data()[i] - mean) * (input.data()[i] - mean);
      }
      double deviation = Math.sqrt(squares / shape.channels() + norm.epsilon());
      for (int i = pixel; i < output.length; i += shape.pixels()) {
        int channel = i / shape.pixels();
        output[i] = (input.data()[i] - mean) / deviation * weight[channel] + bias[channel];
      }
    }
    return output;
  }

  static double[] groupNorm(Computation.GroupNorm norm, Value input, Parameters parameters) {
    double[] weight = parameters.all(norm.weight());
    double[] bias = parameters.all(norm.bias());
    int pixels = input.shape().pixels();
    int size = input.shape().size() / norm.groups();
    double[] output = new double[input.data().length];
    for (int first = 0; first < output.length; first += size) {
      double sum = 0;
      for (int i = first; i < first + size; i++) {
        sum += input.data()[i];
      }
      double mean = sum / size;
      double squares = 0;
      for (int i = first; i < first + size; i++) {
        squares += (input.data()[i] - mean) * (input.data()[i] - mean);
      }
      double deviation = Math.sqrt(squares / size + norm.epsilon());
      for (int i = first; i < first + size; i++) {
        output[i] = (input.data()[i] - mean) / deviation * weight[i / pixels] + bias[i / pixels];
      }
    }
    return output;
  }

  /** The largest is taken off first, so that no power overflows. */
  static double[] softmax(Value input, boolean logarithm) {
    Shape shape = input.shape();
    double[] output = new double[shape.size()];
    for (int pixel = 0; pixel < shape.pixels(); pixel++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = pixel; i < output.length; i += shape.pixels()) {
        largest = Math.max(largest, input.data()[i]);
      }
      double sum = 0;
      for (int i = pixel; i < output.length; i += shape.pixels()) {
        sum += Math.exp(input.data()[i] - largest);
      }
      for (int i = pixel; i < output.length; i += shape.pixels()) {
        double x = input.data()[i] - largest;
        output[i] = logarithm ? x - Math.log(sum) : Math.exp(x) / sum;
      }
    }
    return output;
  }

  /**
   * Of an even number of neighbours the odd one is before, as in PyTorch; neighbours that are not
   * there count as zeros, and the sum is divided by {@code size} all the same.
   */
  static double[] localResponse(Op.LocalResponseNorm norm, Value input) {
    Shape shape = input.shape();
    double[] output = new double[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      int first = Math.max(channel - norm.size() / 2, 0);
      int last = Math.min(channel + (norm.size() - 1) / 2, shape.channels() - 1);
      for (int pixel = 0; pixel < shape.pixels(); pixel++) {
        double squares = 0;
        for (int neighbour = first; neighbour <= last; neighbour++) {
          double x = input.data()[neighbour * shape.pixels() + pixel];
          squares += x * x;
        }
        int i = channel * shape.pixels() + pixel;
        double base = norm.k() + norm.alpha() / norm.size() * squares;
        output[i] = input.data()[i] / Math.pow(base, norm.beta());
      }
    }
    return output;
  }
}
