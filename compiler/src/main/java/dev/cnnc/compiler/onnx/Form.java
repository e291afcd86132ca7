package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Shape;
import java.util.List;

/** How a value of ours lies in a tensor of ONNX, which has a batch of one in front. */
enum Form {
  /** {@code [1, c, h, w]}: what convs and pools take. */
  CHANNELS_FIRST,

  /**
   * What matrix products and norms take: {@code [1, c]} of one pixel, {@code [1, w, c]} of one row,
   * else {@code [1, h, w, c]}.
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

  /** Which dimension the channels are. */
  int channelAxis(Shape shape) {
    return switch (this) {
      case CHANNELS_FIRST -> 1;
      case CHANNELS_LAST -> dimensions(shape).size() - 1;
    };
  }

  /** As an output a value has the order of elements that {@code run} gives. */
  static Form ofOutput(Shape shape) {
    return shape.isVector() ? CHANNELS_LAST : CHANNELS_FIRST;
  }
}
