package dev.cnnc.compiler.weights;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Checks the layout of the data: each tensor has the length of its shape, and tensors follow each
 * other from the first byte to the last without gaps.
 */
final class DataLayout {

  private DataLayout() {}

  static void check(Collection<StoredTensor> tensors, long length, Complaints complaints) {
    tensors.forEach(tensor -> checkSize(tensor, complaints));
    List<StoredTensor> inOrder =
        tensors.stream()
            .sorted(
                Comparator.comparingLong(StoredTensor::begin).thenComparingLong(StoredTensor::end))
            .toList();
    long end = 0;
    for (StoredTensor tensor : inOrder) {
      if (tensor.end() > length) {
        throw complaints.misplaced(
            "tensor %s ends at byte %s of %s".formatted(tensor.name(), tensor.end(), length));
      }
      if (tensor.begin() < end) {
        throw complaints.misplaced("tensor " + tensor.name() + " overlaps another");
      }
      if (tensor.begin() > end) {
        throw complaints.misplaced(nobodys(end, tensor.begin()));
      }
      end = tensor.end();
    }
    if (end < length) {
      throw complaints.misplaced(nobodys(end, length));
    }
  }

  private static String nobodys(long from, long to) {
    return "bytes %s to %s belong to no tensor".formatted(from, to);
  }

  private static void checkSize(StoredTensor tensor, Complaints complaints) {
    if (tensor.begin() < 0 || tensor.end() < tensor.begin()) {
      throw complaints.impossible(
          tensor, "cannot lie from byte %s to byte %s".formatted(tensor.begin(), tensor.end()));
    }
    if (tensor.shape().stream().anyMatch(size -> size < 0)) {
      throw complaints.impossible(tensor, "cannot have the shape " + tensor.shape());
    }
    Optional<ElementType> type = tensor.elementType();
    if (type.isEmpty()) {
      return;
    }
    Optional<Long> wanted = tensor.bytes(type.get());
    long held = tensor.end() - tensor.begin();
    if (wanted.isEmpty() || wanted.get() != held) {
      throw complaints.impossible(
          tensor,
          "has the shape %s of %s, but %s bytes".formatted(tensor.shape(), tensor.type(), held));
    }
  }
}
