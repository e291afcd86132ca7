package dev.cnnc.runtime;

import java.util.List;

/**
 * The conversion of a picture to the input, in this order: resize, centre crop, grey if the input
 * has one channel, scale, subtract the mean, divide by the deviation.
 *
 * @param resize new size; {@link Resize.ShortSide} keeps the proportions
 * @param cropHeight rows kept from the centre; 0 keeps all
 * @param cropWidth columns kept from the centre; 0 keeps all
 * @param scale factor for the bytes 0 to 255
 * @param mean one number a channel, or empty for zeros
 * @param deviation one number a channel, or empty for ones
 */
public record Preprocess(
    Resize resize,
    int cropHeight,
    int cropWidth,
    double scale,
    List<Double> mean,
    List<Double> deviation) {

  public Preprocess {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  /** Bilinear with antialias, rounded to 8 bits. */
  public sealed interface Resize {
    /** The picture keeps its size. */
    record None() implements Resize {}

    /** The shorter side gets this many pixels. */
    record ShortSide(int pixels) implements Resize {}

    /** Exactly this size. */
    record Exact(int height, int width) implements Resize {}
  }
}
