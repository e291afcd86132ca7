package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Taps;
import java.util.List;

/** The ops of {@link Rearrangement}. */
final class Rearrangements {

  private Rearrangements() {}

  static double[] of(Rearrangement op, Value input, Shape shape) {
    return switch (op) {
      case Rearrangement.Reshape _ -> input.data();
      case Rearrangement.Permute(List<Integer> order) -> permute(order, input, shape);
      case Rearrangement.PixelShuffle(int factor) -> shuffle(factor, input, shape);
      case Rearrangement.PixelUnshuffle(int factor) -> unshuffle(factor, input, shape);
      case Rearrangement.Take take -> take(take, input, shape);
      case Rearrangement.Border border ->
          resample(
              border.rows(input.shape()),
              border.columns(input.shape()),
              border.value(),
              input,
              shape);
      case Rearrangement.Resize resize ->
          resample(
              resize.rowTaps(input.shape()),
              resize.columnTaps(input.shape()),
              resize.how().outside(),
              input,
              shape);
    };
  }

  private static double[] shuffle(int factor, Value input, Shape shape) {
    double[] output = new double[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          int from = (channel * factor + row % factor) * factor + column % factor;
          output[Value.index(shape, channel, row, column)] =
              input.at(from, row / factor, column / factor);
        }
      }
    }
    return output;
  }

  private static double[] unshuffle(int factor, Value input, Shape shape) {
    double[] output = new double[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          output[Value.index(shape, channel, row, column)] =
              input.at(
                  channel / factor / factor,
                  row * factor + channel / factor % factor,
                  column * factor + channel % factor);
        }
      }
    }
    return output;
  }

  private static double[] take(Rearrangement.Take take, Value input, Shape shape) {
    double[] output = new double[shape.size()];
    int[] at = new int[3];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          at[0] = channel;
          at[1] = row;
          at[2] = column;
          at[take.axis()] = take.from() + at[take.axis()] * take.step();
          output[Value.index(shape, channel, row, column)] = input.at(at[0], at[1], at[2]);
        }
      }
    }
    return output;
  }

  private static double[] resample(
      Taps rows, Taps columns, double outside, Value input, Shape shape) {
    double[] output = new double[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        List<Taps.Tap> down = rows.lines().get(row);
        for (int column = 0; column < shape.width(); column++) {
          List<Taps.Tap> right = columns.lines().get(column);
          double sum = down.isEmpty() || right.isEmpty() ? outside : 0;
          for (Taps.Tap i : down) {
            for (Taps.Tap j : right) {
              sum += i.weight() * j.weight() * input.at(channel, i.place(), j.place());
            }
          }
          output[Value.index(shape, channel, row, column)] = sum;
        }
      }
    }
    return output;
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
