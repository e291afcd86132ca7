package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Shape;
import java.util.List;

/** The axes of a value in an ONNX tensor, which has a leading batch of one. */
enum Form {
  /** {@code [1, c, h, w]}: the form for convs and pools. */
  CHANNELS_FIRST,

  /**
   * The form for matrix products and norms: {@code [1, c]} for one pixel, {@code [1, w, c]} for one
   * row, otherwise {@code [1, h, w, c]}.
   */
  CHANNELS_LAST;

  List<Long> dimensions(Shape shape) {
    long channels = shape.channels();
    long height = shape.height();
    long width = shape.width();
    return switch (this) {
      case CHANNELS_FIRST -> List.of(1L, channels, height, width);
      case CHANNELS_LAST ->
          shape.isVector()
              ? List.of(1L, channels)
              : height == 1 ? List.of(1L, width, channels) : List.of(1L, height, width, channels);
    };
  }

  /** The dimension of the channels. */
  int channelAxis(Shape shape) {
    return switch (this) {
      case CHANNELS_FIRST -> 1;
      case CHANNELS_LAST -> dimensions(shape).size() - 1;
    };
  }

  /** The form of an output, with the order of elements of {@code run}. */
  static Form ofOutput(Shape shape) {
    return shape.isVector() ? CHANNELS_LAST : CHANNELS_FIRST;
  }
}
