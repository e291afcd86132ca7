package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Shape;
import java.util.Arrays;

/**
 * What is known of each channel of a value.
 *
 * @param largest its largest finite magnitude
 * @param error how far its numbers may be off, in absolute numbers; infinite if nobody knows
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Channels(double[] largest, double[] error) {

  /** Of numbers that are exact. */
  static Channels of(Shape shape, double[] values) {
    double[] largest = new double[shape.channels()];
    int pixels = shape.pixels();
    for (int channel = 0; channel < largest.length; channel++) {
      largest[channel] =
          Difference.largest(Arrays.copyOfRange(values, channel * pixels, (channel + 1) * pixels));
    }
    return new Channels(largest, new double[largest.length]);
  }

  Channels with(double[] other) {
    return new Channels(largest, other);
  }

  int count() {
    return largest.length;
  }

  /** The largest of all channels. */
  double most() {
    return Arrays.stream(largest).max().orElse(0);
  }

  boolean isExact() {
    return Arrays.stream(error).allMatch(each -> each == 0);
  }

  boolean isKnown() {
    return Arrays.stream(error).allMatch(Double::isFinite);
  }
}
