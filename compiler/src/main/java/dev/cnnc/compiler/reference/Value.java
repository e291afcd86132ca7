package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Shape;

/** What a node gives; nobody writes to it once it is one. */
final class Value {

  private final double[] data;
  private final Shape shape;

  Value(double[] data, Shape shape) {
    this.data = data;
    this.shape = shape;
  }

  double[] data() {
    return data;
  }

  Shape shape() {
    return shape;
  }

  boolean inside(int row, int column) {
    return row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
  }

  double at(int channel, int row, int column) {
    return data[index(shape, channel, row, column)];
  }

  static int index(Shape shape, int channel, int row, int column) {
    return (channel * shape.height() + row) * shape.width() + column;
  }
}
