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
      case Computation.Sample() -> sampled(inputs.get(0), inputs.get(1), shape);
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
      case FMOD -> a % b;
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

  private static double[] sampled(Value picture, Value places, Shape shape) {
    double[] output = new double[shape.size()];
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        double right = places.at(0, row, column);
        double down = places.at(1, row, column);
        for (int channel = 0; channel < shape.channels(); channel++) {
          output[Value.index(shape, channel, row, column)] = at(picture, channel, right, down);
        }
      }
    }
    return output;
  }

  /** Pixels with no weight count as much as those beyond the picture: not at all. */
  private static double at(Value picture, int channel, double right, double down) {
    int left = (int) Math.floor(right);
    int top = (int) Math.floor(down);
    double sum = 0;
    for (int row = Math.max(top, 0); row <= top + 1 && row < picture.shape().height(); row++) {
      for (int column = Math.max(left, 0);
          column <= left + 1 && column < picture.shape().width();
          column++) {
        double weight = (1 - Math.abs(down - row)) * (1 - Math.abs(right - column));
        sum += weight == 0 ? 0 : weight * picture.at(channel, row, column);
      }
    }
    return sum;
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
