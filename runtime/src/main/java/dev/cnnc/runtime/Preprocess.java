package dev.cnnc.runtime;

import java.util.List;

/**
 * The conversion of a picture to the input, in this order: resize, centre crop, grey if the input
 * has one channel, scale, subtract the mean, divide by the deviation.
 *
 * @param resize new size; {@link Resize.ShortSide} keeps the proportions
 * @param filter how pixels are interpolated
 * @param cropHeight rows kept from the centre; 0 keeps all
 * @param cropWidth columns kept from the centre; 0 keeps all
 * @param order of the channels of the input
 * @param scale factor for the bytes 0 to 255
 * @param mean one number a channel of the input, or empty for zeros
 * @param deviation one number a channel of the input, or empty for ones
 */
public record Preprocess(
    Resize resize,
    Filter filter,
    int cropHeight,
    int cropWidth,
    Order order,
    double scale,
    List<Double> mean,
    List<Double> deviation) {

  public Preprocess {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  /** With the filter of PIL, and red, green, blue. */
  public Preprocess(
      Resize resize,
      int cropHeight,
      int cropWidth,
      double scale,
      List<Double> mean,
      List<Double> deviation) {
    this(resize, Filter.PILLOW, cropHeight, cropWidth, Order.RGB, scale, mean, deviation);
  }

  /** The rule for the new size of a picture. */
  public sealed interface Resize {
    /** The picture keeps its size. */
    record None() implements Resize {}

    /** The shorter side gets this many pixels. */
    record ShortSide(int pixels) implements Resize {}

    /**
     * As {@link ShortSide}; then each side is rounded to a multiple, half of it to the even one.
     */
    record Multiple(int pixels, int multiple) implements Resize {}

    /** Exactly this size. */
    record Exact(int height, int width) implements Resize {}

    /**
     * The picture keeps its proportions and fills this size as far as it can. Grey lines fill the
     * rest.
     *
     * @param fill the grey, from 0 to 255
     * @param stride only so many lines are added that each side is a multiple; 0 fills the size
     * @param corner whether the picture lies at the top left, and not in the middle
     */
    record Letterbox(int height, int width, int fill, int stride, boolean corner)
        implements Resize {}
  }

  /** How pixels are interpolated; both are bilinear and round to 8 bits. */
  public enum Filter {
    /** With antialias, as PIL and torchvision. */
    PILLOW,
    /** Of four neighbours, as {@code cv2.INTER_LINEAR}. */
    OPENCV
  }

  /** The order of three channels. */
  public enum Order {
    RGB,
    BGR
  }
}
