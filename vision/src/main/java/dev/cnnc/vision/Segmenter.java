package dev.cnnc.vision;

import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * Gives each pixel of the picture its class: {@code segment { ... }} in a file. The first output is
 * interpolated at the centre of each pixel, bilinearly, as {@code torch.nn.functional.interpolate}
 * without aligned corners does; then the class is chosen.
 *
 * @param rule how a class is chosen
 * @param threshold of {@link Rule#SIGMOID}: a smaller probability is background
 */
public record Segmenter(Rule rule, double threshold) implements Answer<Mask> {

  /** How a class is chosen. */
  public enum Rule {
    /** The largest of all channels; the first one is class 0. */
    ARGMAX,
    /** The largest of all channels, which are classes from 1; class 0 if none is probable. */
    SIGMOID,
    /** As {@link #SIGMOID}, of channels that are probabilities already. */
    PROBABILITY
  }

  @Override
  public Optional<String> refusal(Signature signature) {
    Signature.Output output = signature.outputs().getFirst();
    int channels = output.view().channels();
    return rule == Rule.ARGMAX && channels < 2
        ? Optional.of("output %s has one channel: write sigmoid".formatted(output.name()))
        : channels > Short.MAX_VALUE
            ? Optional.of("output %s has %s channels".formatted(output.name(), channels))
            : Optional.empty();
  }

  @Override
  public Optional<Integer> names(Signature signature) {
    int channels = signature.outputs().getFirst().view().channels();
    return Optional.of(rule == Rule.ARGMAX ? channels : channels + 1);
  }

  @Override
  public Mask of(Signature signature, List<String> labels, float[][] outputs, Placement placement) {
    View input = signature.input();
    View output = signature.outputs().getFirst().view();
    Taps across =
        new Taps(
            placement.width(),
            x ->
                (placement.scaleX() * (x + 0.5) + placement.left())
                    * output.width()
                    / input.width(),
            output.width());
    Taps down =
        new Taps(
            placement.height(),
            y ->
                (placement.scaleY() * (y + 0.5) + placement.top())
                    * output.height()
                    / input.height(),
            output.height());
    short[] classes = new short[Math.multiplyExact(placement.width(), placement.height())];
    for (int y = 0; y < placement.height(); y++) {
      for (int x = 0; x < placement.width(); x++) {
        classes[y * placement.width() + x] =
            (short) chosen(outputs[0], output, down.at(y), across.at(x));
      }
    }
    return new Mask(placement.width(), placement.height(), classes, labels);
  }

  private int chosen(float[] numbers, View view, Tap row, Tap column) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    int plane = view.height() * view.width();
    for (int channel = 0; channel < view.channels(); channel++) {
      int upper = channel * plane + row.first * view.width();
      int lower = channel * plane + row.second * view.width();
      double above = between(numbers[upper + column.first], numbers[upper + column.second], column);
      double below = between(numbers[lower + column.first], numbers[lower + column.second], column);
      double value = above + (below - above) * row.weight;
      if (value > most) {
        most = value;
        best = channel;
      }
    }
    return switch (rule) {
      case ARGMAX -> best;
      case SIGMOID -> 1 / (1 + StrictMath.exp(-most)) >= threshold ? best + 1 : 0;
      case PROBABILITY -> most >= (float) threshold ? best + 1 : 0;
    };
  }

  private static double between(float first, float second, Tap tap) {
    return first + ((double) second - first) * tap.weight;
  }

  /** Two neighbours, and the weight of the second. */
  private record Tap(int first, int second, double weight) {}

  /** The neighbours of each pixel along one axis. */
  private static final class Taps {
    private final Tap[] taps;

    Taps(int count, IntToDoubleFunction place, int size) {
      taps = new Tap[count];
      for (int index = 0; index < count; index++) {
        double centre = Math.clamp(place.applyAsDouble(index) - 0.5, 0, size - 1);
        int first = (int) centre;
        taps[index] = new Tap(first, Math.min(first + 1, size - 1), centre - first);
      }
    }

    Tap at(int index) {
      return taps[index];
    }
  }
}
