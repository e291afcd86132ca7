package dev.cnnc.compiler.ir;

/**
 * How a resize makes an element of its neighbours, as ONNX's operator of that name says it.
 *
 * @param rounding which pixel is nearest, of two
 * @param cubic the coefficient of a cubic: -0.75 in PyTorch, -0.5 in TensorFlow
 * @param excludeOutside whether pixels beyond the edge have no weight, instead of being the edge's
 * @param antialias whether a smaller picture is made of all pixels that it covers
 * @param outside what lies beyond the edge when a part is cut out
 */
public record Interpolation(
    Method method,
    Coordinates coordinates,
    Rounding rounding,
    double cubic,
    boolean excludeOutside,
    boolean antialias,
    double outside) {

  public static final double USUAL_CUBIC = -0.75;

  public enum Method {
    NEAREST,
    LINEAR,
    CUBIC
  }

  /** Which place of the input an output pixel comes from. */
  public enum Coordinates {
    /** The middle of pixels on the middle of pixels. */
    HALF_PIXEL,
    /** The same, but a side of one pixel comes from the first. */
    PYTORCH_HALF_PIXEL,
    /** The middle of the picture on its middle, where the factor gives no whole length. */
    HALF_PIXEL_SYMMETRIC,
    /** The outer pixels on the outer pixels. */
    ALIGN_CORNERS,
    /** The upper left of pixels on the upper left of pixels. */
    ASYMMETRIC,
    /** As ALIGN_CORNERS, with a part of the input. */
    TF_CROP_AND_RESIZE
  }

  public enum Rounding {
    ROUND_PREFER_FLOOR,
    ROUND_PREFER_CEIL,
    FLOOR,
    CEIL
  }

  /** Pixels of the nearest, all other things being as usual. */
  public static Interpolation of(Method method, Coordinates coordinates) {
    return new Interpolation(
        method, coordinates, Rounding.ROUND_PREFER_FLOOR, USUAL_CUBIC, false, false, 0);
  }
}
