package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Shape;

/** The axes of a value, in the order of its elements. */
enum Axis {
  CHANNEL,
  ROW,
  COLUMN;

  /** The number of the axis in layers. */
  int number() {
    return switch (this) {
      case CHANNEL -> 0;
      case ROW -> 1;
      case COLUMN -> 2;
    };
  }

  int size(Shape shape) {
    return switch (this) {
      case CHANNEL -> shape.channels();
      case ROW -> shape.height();
      case COLUMN -> shape.width();
    };
  }

  /** Distance between neighbours along the axis. */
  int stride(Shape shape) {
    return switch (this) {
      case CHANNEL -> shape.height() * shape.width();
      case ROW -> shape.width();
      case COLUMN -> 1;
    };
  }
}
