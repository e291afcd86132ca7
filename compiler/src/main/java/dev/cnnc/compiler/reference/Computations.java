package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Shape;
import java.util.List;

/** The ops of {@link Computation}. */
final class Computations {

  private Computations() {}

  static double[] of(Computation op, List<Value> inputs, Shape shape, Parameters parameters) {
    return switch (op) {
      case Computation.Combine(Operator operator) -> combine(operator, inputs, shape);
      case Computation.MatMul() -> product(inputs.get(0), inputs.get(1), shape);
      case Computation.Reduce(Reducer reducer, var _) ->
          Reductions.of(reducer, inputs.getFirst(), shape);
      case Computation.GroupNorm norm ->
          Normalisation.groupNorm(norm, inputs.getFirst(), parameters);
      case Computation.ConvTranspose conv ->
          Sums.transposed(conv, inputs.getFirst(), shape, parameters);
    };
  }

  private static double[] combine(Operator operator, List<Value> inputs, Shape shape) {
    double[] output = repeated(inputs.getFirst(), shape);
    for (Value input : inputs.subList(1, inputs.size())) {
      double[] other = repeated(input, shape);
      for (int i = 0; i < output.length; i++) {
        output[i] = of(operator, output[i], other[i]);
      }
    }
    return output;
  }

  private static double of(Operator operator, double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case POW -> Math.pow(a, b);
    };
  }

  private static double[] repeated(Value input, Shape shape) {
    double[] output = new double[shape.size()];
    Shape own = input.shape();
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          output[Value.index(shape, channel, row, column)] =
              input.at(channel % own.channels(), row % own.height(), column % own.width());
        }
      }
    }
    return output;
  }

  private static double[] product(Value left, Value right, Shape shape) {
    double[] output = new double[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      int first = channel % left.shape().channels();
      int second = channel % right.shape().channels();
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          double sum = 0;
          for (int inner = 0; inner < left.shape().width(); inner++) {
            sum += left.at(first, row, inner) * right.at(second, inner, column);
          }
          output[Value.index(shape, channel, row, column)] = sum;
        }
      }
    }
    return output;
  }
}
