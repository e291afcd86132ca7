package dev.cnnc.compiler.onnx.translate;

import java.util.ArrayList;
import java.util.List;

/** The common sizes of two tensors by the broadcasting rules of numpy and ONNX. */
final class Broadcast {

  private Broadcast() {}

  static List<Integer> of(List<Integer> a, List<Integer> b) throws Refusal {
    List<Integer> common = new ArrayList<>();
    for (int i = 1; i <= Math.max(a.size(), b.size()); i++) {
      int one = i <= a.size() ? a.get(a.size() - i) : 1;
      int other = i <= b.size() ? b.get(b.size() - i) : 1;
      if (one != other && one != 1 && other != 1) {
        throw new Refusal(
            "joins " + a + " and " + b + ", which do not go together", "export the model again");
      }
      common.addFirst(one == 1 ? other : one);
    }
    return common;
  }

  /** With leading dimensions of size 1. */
  static View ofRank(View view, int rank) {
    List<List<Factor>> dimensions = new ArrayList<>(view.dimensions());
    while (dimensions.size() < rank) {
      dimensions.addFirst(List.of());
    }
    return new View(view.node(), dimensions);
  }
}
