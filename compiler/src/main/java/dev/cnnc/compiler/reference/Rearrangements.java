package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import java.util.List;

/** The ops of {@link Rearrangement}. */
final class Rearrangements {

  private Rearrangements() {}

  static double[] of(Rearrangement op, Value input, Shape shape) {
    return switch (op) {
      case Rearrangement.Reshape _ -> input.data();
      case Rearrangement.Permute(List<Integer> order) -> permute(order, input, shape);
    };
  }

  private static double[] permute(List<Integer> order, Value input, Shape shape) {
    double[] output = new double[shape.size()];
    int[] at = new int[3];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          at[order.get(0)] = channel;
          at[order.get(1)] = row;
          at[order.get(2)] = column;
          output[Value.index(shape, channel, row, column)] = input.at(at[0], at[1], at[2]);
        }
      }
    }
    return output;
  }
}
