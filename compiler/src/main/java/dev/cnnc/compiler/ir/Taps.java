package dev.cnnc.compiler.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * For each row, or column, of an output which ones of the input it is made of, and their weights.
 *
 * <p>Invariant: places lie in the input. One without any has the value of what is outside.
 */
public record Taps(List<List<Tap>> lines) {

  /** A row or column of the input, and what it is multiplied by. */
  public record Tap(int place, double weight) {}

  public Taps {
    lines = lines.stream().map(List::copyOf).toList();
  }

  /** One side of a resize of {@code input} pixels. */
  static Taps of(Rearrangement.Side side, Interpolation how, int input) {
    List<List<Tap>> lines = new ArrayList<>();
    for (int i = 0; i < side.length(); i++) {
      double place = place(i, side, how.coordinates(), input);
      boolean outside =
          how.coordinates() == Interpolation.Coordinates.TF_CROP_AND_RESIZE
              && (place < 0 || place > input - 1);
      lines.add(outside ? List.of() : line(place, side.factor(), how, input));
    }
    return new Taps(lines);
  }

  private static double place(
      int i, Rearrangement.Side side, Interpolation.Coordinates coordinates, int input) {
    double middle = (i + 0.5) / side.factor() - 0.5;
    double wanted = side.wanted(input);
    return switch (coordinates) {
      case HALF_PIXEL -> middle;
      case PYTORCH_HALF_PIXEL -> side.length() == 1 ? 0 : middle;
      case HALF_PIXEL_SYMMETRIC -> middle + input / 2.0 * (1 - side.length() / wanted);
      case ALIGN_CORNERS -> wanted == 1 ? 0 : i * (input - 1) / (wanted - 1);
      case ASYMMETRIC -> i / side.factor();
      case TF_CROP_AND_RESIZE ->
          wanted == 1
              ? (side.from() + side.to()) / 2 * (input - 1)
              : (side.from() + i * (side.to() - side.from()) / (wanted - 1)) * (input - 1);
    };
  }

  /** Beyond the edges lie pixels equal to the edge's, unless they are excluded. */
  private static List<Tap> line(double place, double factor, Interpolation how, int input) {
    int base = (int) Math.floor(place);
    double[] weights = Neighbours.weights(place - base, factor, how);
    int first = base - (weights.length / 2 - 1);
    double[] sums = new double[input];
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      int at = first + i;
      if (!how.excludeOutside() || (at >= 0 && at < input)) {
        sums[Math.clamp(at, 0, input - 1)] += weights[i];
        all += weights[i];
      }
    }
    List<Tap> line = new ArrayList<>();
    for (int at = 0; at < input; at++) {
      if (sums[at] != 0) {
        line.add(new Tap(at, how.excludeOutside() ? sums[at] / all : sums[at]));
      }
    }
    return line;
  }

  /** One side of a border around {@code input} pixels. */
  static Taps around(int before, int after, Rearrangement.Mode mode, int input) {
    List<List<Tap>> lines = new ArrayList<>();
    for (int place = -before; place < input + after; place++) {
      boolean outside = place < 0 || place >= input;
      int period = Math.max(1, 2 * (input - 1));
      int there =
          switch (mode) {
            case CONSTANT, EDGE -> Math.clamp(place, 0, input - 1);
            case WRAP -> Math.floorMod(place, input);
            case REFLECT -> {
              int turned = Math.floorMod(place, period);
              yield Math.min(turned, period - turned) % input;
            }
          };
      lines.add(
          outside && mode == Rearrangement.Mode.CONSTANT ? List.of() : List.of(new Tap(there, 1)));
    }
    return new Taps(lines);
  }
}
