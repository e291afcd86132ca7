package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Shape;

/**
 * Scaled dot-product attention between all pixels (Vaswani et al., Attention Is All You Need, 2017,
 * formula 1), for each head by itself.
 */
final class SelfAttention {

  private SelfAttention() {}

  static double[] of(Value input, int heads, Shape shape) {
    double[] output = new double[shape.size()];
    int size = shape.channels() / heads;
    for (int head = 0; head < heads; head++) {
      for (int pixel = 0; pixel < shape.pixels(); pixel++) {
        look(input, head * size, size, pixel, shape, output);
      }
    }
    return output;
  }

  /** What one pixel finds in the values of the head whose channels begin at {@code first}. */
  private static void look(
      Value input, int first, int size, int pixel, Shape shape, double[] output) {
    int pixels = shape.pixels();
    int keys = first + shape.channels();
    int values = keys + shape.channels();
    double[] scores = new double[pixels];
    double largest = Double.NEGATIVE_INFINITY;
    for (int other = 0; other < pixels; other++) {
      double product = 0;
      for (int i = 0; i < size; i++) {
        product +=
            input.data()[(first + i) * pixels + pixel] * input.data()[(keys + i) * pixels + other];
      }
      scores[other] = product / Math.sqrt(size);
      largest = Math.max(largest, scores[other]);
    }
    double sum = 0;
    for (int other = 0; other < pixels; other++) {
      scores[other] = Math.exp(scores[other] - largest);
      sum += scores[other];
    }
    for (int i = 0; i < size; i++) {
      double found = 0;
      for (int other = 0; other < pixels; other++) {
        found += scores[other] / sum * input.data()[(values + i) * pixels + other];
      }
      output[(first + i) * pixels + pixel] = found;
    }
  }
}
