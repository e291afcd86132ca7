package dev.cnnc.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
    return of(Places.of(side, how.coordinates(), input), how);
  }

  /** Whether places rounded to floats give the same pixels, and the same of them outside. */
  static boolean isSameInFloat(Rearrangement.Side side, Interpolation how, int input) {
    Taps exact = of(side, how, input);
    Taps rounded = of(Places.rounded(side, how.coordinates(), input), how);
    if (how.method() == Interpolation.Method.NEAREST) {
      return exact.equals(rounded);
    }
    for (int i = 0; i < side.length(); i++) {
      if (exact.lines.get(i).isEmpty() != rounded.lines.get(i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static Taps of(Places places, Interpolation how) {
    boolean part = how.coordinates() == Interpolation.Coordinates.TF_CROP_AND_RESIZE;
    List<List<Tap>> lines = new ArrayList<>();
    for (int i = 0; i < places.side().length(); i++) {
      Places.Place place = places.of(i);
      lines.add(part && place.outside() ? List.of() : line(place, places, how));
    }
    return new Taps(lines);
  }

  /** Beyond the edges lie pixels equal to the edge's, unless they are excluded. */
  private static List<Tap> line(Places.Place place, Places places, Interpolation how) {
    double[] weights = Neighbours.weights(place.behind(), places.side().factor(), how);
    boolean excludes = how.excludeOutside() && how.method() != Interpolation.Method.NEAREST;
    int first = place.pixel() - (weights.length / 2 - 1);
    int last = places.input() - 1;
    SortedMap<Integer, Double> sums = new TreeMap<>();
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      int at = first + i;
      if (!excludes || (at >= 0 && at <= last)) {
        sums.merge(Math.clamp(at, 0, last), weights[i], Double::sum);
        all += weights[i];
      }
    }
    List<Tap> line = new ArrayList<>();
    for (Map.Entry<Integer, Double> sum : sums.entrySet()) {
      if (sum.getValue() != 0) {
        line.add(new Tap(sum.getKey(), excludes ? sum.getValue() / all : sum.getValue()));
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
