package dev.cnnc.runtime.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The inverse of {@link Encoder}. A count beyond the remaining bytes is rejected, so nothing is
 * allocated that the header does not contain.
 */
final class Decoder {
  private final ByteBuffer bytes;

  Decoder(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  int tag() {
    return bytes.get() & 0xFF;
  }

  int integer() {
    return bytes.getInt();
  }

  double real() {
    return bytes.getDouble();
  }

  List<Double> reals() {
    List<Double> values = new ArrayList<>();
    for (int left = count(); left > 0; left--) {
      values.add(real());
    }
    return values;
  }

  /** A count of items, each of which takes at least one byte. */
  int count() {
    int count = integer();
    if (count < 0 || count > bytes.remaining()) {
      throw new IllegalArgumentException("a count of " + count + " goes beyond the header");
    }
    return count;
  }

  String text() {
    byte[] text = new byte[count()];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  List<Integer> shape() {
    int axes = tag();
    List<Integer> shape = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      shape.add(integer());
    }
    Sizes.elements(shape);
    return shape;
  }

  void end() {
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException(bytes.remaining() + " bytes too many in the header");
    }
  }
}
