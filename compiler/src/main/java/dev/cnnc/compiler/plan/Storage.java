package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;

/**
 * A piece of memory for one value, or for several that never need it at once or that are parts of
 * one another.
 *
 * <p>Time is counted in moments, two for each node: its picture is copied to squares if it reads
 * such, then it is computed.
 *
 * @param owner id of the node whose value fills it
 * @param shape of the owner's value
 * @param pixel floats from one pixel to the next; 1 of a planar value, channel by channel
 * @param halo zeros kept around the picture
 * @param from the moment of the first write
 * @param to the moment of the last read
 */
record Storage(int owner, Shape shape, int pixel, Padding halo, int from, int to) {

  /** The storage of {@code owner}'s value, without a halo, first written by {@code writer}. */
  static Storage of(Node owner, int pixel, Node writer) {
    int from = moment(writer.id());
    return new Storage(owner.id(), owner.shape(), pixel, Padding.NONE, from, from);
  }

  /** When a node is computed. */
  static int moment(int node) {
    return 2 * node + 1;
  }

  /** When the picture of a node is copied to squares, before the node is computed. */
  static int momentBefore(int node) {
    return 2 * node;
  }

  /** The storage of what {@code conv} reads, and nobody else. */
  static Storage ofSquares(Node conv, Shape squares) {
    int pixel = Tile.padded(squares.channels());
    int from = momentBefore(conv.id());
    return new Storage(conv.id(), squares, pixel, Padding.NONE, from, moment(conv.id()));
  }

  int line() {
    return Math.multiplyExact(shape.width() + halo.left() + halo.right(), pixel);
  }

  /** Rows and their halo: of all channels, or of one if the value is planar. */
  private int rows() {
    return Math.multiplyExact(shape.height() + halo.top() + halo.bottom(), line());
  }

  private boolean isPlanar() {
    return pixel < shape.channels();
  }

  int size() {
    return isPlanar() ? Math.multiplyExact(shape.channels(), rows()) : rows();
  }

  boolean hasHalo() {
    return !halo.equals(Padding.NONE);
  }

  /** The same, alive until {@code moment} at least. */
  Storage until(int moment) {
    return new Storage(owner, shape, pixel, halo, from, Math.max(to, moment));
  }

  /** The same, with at least {@code wanted} zeros around it. */
  Storage within(Padding wanted) {
    Padding widest =
        new Padding(
            Math.max(halo.top(), wanted.top()),
            Math.max(halo.left(), wanted.left()),
            Math.max(halo.bottom(), wanted.bottom()),
            Math.max(halo.right(), wanted.right()));
    return new Storage(owner, shape, pixel, widest, from, to);
  }

  /** Whether both are alive at some moment. */
  boolean meets(Storage other) {
    return from <= other.to && other.from <= to;
  }

  /**
   * The place of {@code channels} channels from {@code channel} on, with this storage at {@code
   * offset}.
   */
  View view(int offset, int channel, int channels) {
    int plane = isPlanar() ? rows() : 1;
    int first = offset + halo.top() * line() + halo.left() * pixel + channel * plane;
    return new View(first, channels, shape.height(), shape.width(), pixel, line(), plane);
  }
}
