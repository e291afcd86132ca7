package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import java.util.Comparator;
import java.util.List;

/** Shapes of outputs, for graphs known to be right. */
final class Shapes {

  private Shapes() {}

  static Shape of(Op op, List<Shape> inputs) {
    Shape first = inputs.getFirst();
    return switch (op) {
      case Op.Input _, Op.Learned _ -> throw new IllegalArgumentException("it has no input");
      case Op.Conv conv -> under(conv.window(), false, conv.filters(), first);
      case Op.Pool pool -> under(pool.window(), pool.ceil(), first.channels(), first);
      case Op.Fc fc -> Shape.vector(fc.outputs());
      case Op.GlobalPool _ -> Shape.vector(first.channels());
      case Op.Flatten _ -> Shape.vector(first.size());
      case Op.Multiply _ ->
          inputs.stream().max(Comparator.comparingInt(Shape::pixels)).orElseThrow();
      case Op.Concat _ -> channels(inputs.stream().mapToInt(Shape::channels).sum(), first);
      case Op.Slice(int from, int to) -> channels(to - from, first);
      case Op.Pad(int before, int after, Padding pixels) ->
          new Shape(
              before + first.channels() + after,
              pixels.top() + first.height() + pixels.bottom(),
              pixels.left() + first.width() + pixels.right());
      case Op.Upsample(int height, int width) ->
          new Shape(first.channels(), first.height() * height, first.width() * width);
      case Op.BatchNorm _, Op.Scale _, Op.Activate _, Op.Prelu _, Op.Dropout _ -> first;
      case Op.Add _, Op.Mean _, Op.Softmax _, Op.LocalResponseNorm _ -> first;
    };
  }

  private static Shape channels(int channels, Shape shape) {
    return new Shape(channels, shape.height(), shape.width());
  }

  private static Shape under(Window window, boolean ceil, int channels, Shape shape) {
    return new Shape(
        channels,
        window.outputHeight(shape.height(), ceil),
        window.outputWidth(shape.width(), ceil));
  }
}
