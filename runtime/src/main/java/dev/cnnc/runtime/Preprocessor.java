package dev.cnnc.runtime;

import java.util.Arrays;
import java.util.List;

/**
 * Converts a picture to an input, as {@link Preprocess} says. Without a clause, bytes become
 * numbers from 0 to 1. Sizes and bytes are those of the libraries that {@link Fitting} and {@link
 * Preprocess.Filter} name.
 */
public final class Preprocessor {
  private static final Preprocess PLAIN =
      new Preprocess(new Preprocess.Resize.None(), 0, 0, 1 / 255.0, List.of(), List.of());

  private final View input;
  private final String taken;
  private final Preprocess preprocess;
  private final String cure;

  /** Converts pictures to the first input. */
  public Preprocessor(Signature signature) {
    this(signature, signature.inputs().getFirst().name());
  }

  /**
   * Converts pictures to the input of this name.
   *
   * @throws IllegalArgumentException if there is none, or it cannot be a picture
   */
  public Preprocessor(Signature signature, String name) {
    Signature.Input wanted = signature.input(name);
    String network = signature.network();
    input = wanted.view();
    taken = signature.inputs().size() == 1 ? network : "input " + name + " of " + network;
    preprocess = wanted.preprocess().orElse(PLAIN);
    cure =
        wanted.preprocess().isPresent()
            ? "its preprocess clause ends with another size: resize or crop to the input's"
            : "without a preprocess clause a picture must have the input's size";
    if (input.channels() != 1 && input.channels() != 3) {
      throw new IllegalArgumentException(
          "%s takes %s channels, a picture has 1 or 3".formatted(taken, input.channels()));
    }
  }

  /**
   * The input, in the order channels, rows, columns.
   *
   * @throws IllegalArgumentException if the result does not have the size of the input
   */
  public float[] input(Picture picture) {
    return prepare(picture).values();
  }

  /**
   * The same with the place of the picture in the input.
   *
   * @throws IllegalArgumentException if the result does not have the size of the input
   */
  public Prepared prepare(Picture picture) {
    Fitting fitting = Fitting.of(preprocess, picture.width(), picture.height());
    if (fitting.width() != input.width() || fitting.height() != input.height()) {
      throw new IllegalArgumentException(
          "%s takes pictures of %s by %s pixels (width by height), this one has %s by %s;"
                  .formatted(
                      taken, input.width(), input.height(), fitting.width(), fitting.height())
              + " "
              + cure);
    }
    Picture sized = fitted(picture, fitting);
    return new Prepared(
        input.channels() == 1 ? grey(sized) : colours(sized),
        fitting.placement(picture.width(), picture.height()));
  }

  /** Resizes what the input keeps, and puts grey lines around it where the input is larger. */
  private Picture fitted(Picture picture, Fitting fitting) {
    int across = fitting.resizedWidth();
    int down = fitting.resizedHeight();
    Resampling.Part part =
        new Resampling.Part(
            Math.max(0, -fitting.left()),
            Math.max(0, -fitting.top()),
            Math.min(fitting.width(), across),
            Math.min(fitting.height(), down));
    Picture kept =
        switch (preprocess.filter()) {
          case PILLOW -> Resampling.part(picture, across, down, part);
          case OPENCV -> Linear.part(picture, across, down, part);
        };
    if (kept.width() == fitting.width() && kept.height() == fitting.height()) {
      return kept;
    }
    byte[] rgb = new byte[Math.toIntExact(3L * fitting.width() * fitting.height())];
    Arrays.fill(rgb, (byte) fitting.fill());
    int line = 3 * kept.width();
    for (int row = 0; row < kept.height(); row++) {
      int to =
          3 * ((row + Math.max(0, fitting.top())) * fitting.width() + Math.max(0, fitting.left()));
      System.arraycopy(kept.rgb(), row * line, rgb, to, line);
    }
    return new Picture(rgb, fitting.width(), fitting.height());
  }

  /** Luma of ITU-R 601-2 as PIL rounds it. */
  private float[] grey(Picture picture) {
    byte[] rgb = picture.rgb();
    float[] table = table(0);
    float[] values = new float[picture.width() * picture.height()];
    for (int pixel = 0; pixel < values.length; pixel++) {
      int red = rgb[3 * pixel] & 0xFF;
      int green = rgb[3 * pixel + 1] & 0xFF;
      int blue = rgb[3 * pixel + 2] & 0xFF;
      values[pixel] = table[(red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16];
    }
    return values;
  }

  private float[] colours(Picture picture) {
    byte[] rgb = picture.rgb();
    int plane = picture.width() * picture.height();
    float[] values = new float[3 * plane];
    for (int channel = 0; channel < 3; channel++) {
      float[] table = table(channel);
      int from = preprocess.order() == Preprocess.Order.BGR ? 2 - channel : channel;
      for (int pixel = 0; pixel < plane; pixel++) {
        values[channel * plane + pixel] = table[rgb[3 * pixel + from] & 0xFF];
      }
    }
    return values;
  }

  /** The number for each byte. */
  private float[] table(int channel) {
    double mean = of(preprocess.mean(), channel, 0);
    double deviation = of(preprocess.deviation(), channel, 1);
    float[] table = new float[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = (float) ((value * preprocess.scale() - mean) / deviation);
    }
    return table;
  }

  /** The number of a channel; a single number serves all channels. */
  private static double of(List<Double> numbers, int channel, double otherwise) {
    return numbers.isEmpty() ? otherwise : numbers.get(Math.min(channel, numbers.size() - 1));
  }
}
