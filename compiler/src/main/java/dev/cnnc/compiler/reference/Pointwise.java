package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Shape;
import java.util.List;

/** Ops whose every output element depends on elements at the same place only. */
final class Pointwise {

  private Pointwise() {}

  static double[] activate(Activation function, double[] input) {
    DoubleArithmetic arithmetic = new DoubleArithmetic();
    double[] output = new double[input.length];
    for (int i = 0; i < input.length; i++) {
      output[i] = function.of(input[i], arithmetic);
    }
    return output;
  }

  /** One slope for all, or one a channel. */
  static double[] prelu(Value input, double[] slope) {
    double[] output = input.data().clone();
    int pixels = input.shape().pixels();
    for (int i = 0; i < output.length; i++) {
      if (output[i] < 0) {
        output[i] *= slope[slope.length == 1 ? 0 : i / pixels];
      }
    }
    return output;
  }

  static double[] scale(Value input, double[] factor, double[] shift) {
    double[] output = new double[input.data().length];
    int pixels = input.shape().pixels();
    for (int i = 0; i < output.length; i++) {
      output[i] = input.data()[i] * factor[i / pixels] + shift[i / pixels];
    }
    return output;
  }

  static double[] add(List<Value> inputs) {
    double[] output = new double[inputs.getFirst().data().length];
    for (Value input : inputs) {
      for (int i = 0; i < output.length; i++) {
        output[i] += input.data()[i];
      }
    }
    return output;
  }

  static double[] mean(List<Value> inputs) {
    double[] output = add(inputs);
    for (int i = 0; i < output.length; i++) {
      output[i] /= inputs.size();
    }
    return output;
  }

  /** Inputs of one pixel are read again for every pixel. */
  static double[] multiply(List<Value> inputs, Shape shape) {
    double[] output = new double[shape.size()];
    for (int i = 0; i < output.length; i++) {
      double product = 1;
      for (Value input : inputs) {
        product *= input.data()[input.shape().isVector() ? i / shape.pixels() : i];
      }
      output[i] = product;
    }
    return output;
  }
}
