package dev.cnnc.compiler.weights;

import java.util.List;
import java.util.Optional;

/**
 * What a header says about one tensor.
 *
 * @param type as the file calls it
 * @param shape of any length, sizes may be zero
 * @param begin the first byte, counted from the end of the header
 * @param end behind the last byte
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

  /** What the shape takes; empty if no number can say. */
  Optional<Long> bytes(ElementType of) {
    try {
      return Optional.of(shape.stream().reduce((long) of.bytes(), Math::multiplyExact));
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }
}
