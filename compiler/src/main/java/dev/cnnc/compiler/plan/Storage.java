package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.View;

/**
 * A piece of memory for one value, or for several that never need it at once or that are parts of
 * one another.
 *
 * @param shape of the largest value that lies here
 * @param pixel floats from one pixel to the next
 * @param halo zeros kept around the picture
 * @param from id of the first node that writes it
 * @param to id of the last node that reads it
 */
record Storage(Shape shape, int pixel, Padding halo, int from, int to) {

  int line() {
    return (shape.width() + halo.left() + halo.right()) * pixel;
  }

  int size() {
    return Math.multiplyExact(shape.height() + halo.top() + halo.bottom(), line());
  }

  boolean hasHalo() {
    return !halo.equals(Padding.NONE);
  }

  /** The same, alive until {@code reader} at least. */
  Storage until(int reader) {
    return new Storage(shape, pixel, halo, from, Math.max(to, reader));
  }

  /** The same, with at least {@code wanted} zeros around it. */
  Storage within(Padding wanted) {
    Padding widest =
        new Padding(
            Math.max(halo.top(), wanted.top()),
            Math.max(halo.left(), wanted.left()),
            Math.max(halo.bottom(), wanted.bottom()),
            Math.max(halo.right(), wanted.right()));
    return new Storage(shape, pixel, widest, from, to);
  }

  /** Whether both are alive at some node. */
  boolean meets(Storage other) {
    return from <= other.to && other.from <= to;
  }

  /**
   * The place of {@code channels} channels from {@code channel} on, with this storage at {@code
   * offset}.
   */
  View view(int offset, int channel, int channels) {
    int first = offset + halo.top() * line() + halo.left() * pixel + channel;
    return new View(first, channels, shape.height(), shape.width(), pixel, line());
  }
}
