package dev.cnnc.compiler.weights;

import java.util.List;
import java.util.Optional;

/**
 * The entry of one tensor in a header.
 *
 * @param type name of the type in the file
 * @param shape of any length, whose sizes may be zero
 * @param begin the first byte, counted from the end of the header
 * @param end the end, after the last byte
 */
record StoredTensor(String name, String type, List<Long> shape, long begin, long end) {

  StoredTensor {
    shape = List.copyOf(shape);
  }

  Optional<ElementType> elementType() {
    return ElementType.of(type);
  }

  boolean hasShape(List<Integer> other) {
    return shape.equals(other.stream().map(Integer::longValue).toList());
  }

  /** Number of bytes of the shape; empty if it overflows. */
  Optional<Long> bytes(ElementType of) {
    try {
      return Optional.of(shape.stream().reduce((long) of.bytes(), Math::multiplyExact));
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }
}
