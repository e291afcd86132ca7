package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/** Imports products of two computed matrices, or of many at once. */
final class Matrices {

  private Matrices() {}

  /** The product over the last two dimensions; earlier dimensions of size 1 are repeated. */
  static View product(Call call, View left, View right) throws Refusal {
    int rank = Math.max(left.rank(), right.rank());
    View a = Broadcast.ofRank(left, rank);
    View b = Broadcast.ofRank(right, rank);
    List<Integer> batch = new ArrayList<>();
    for (int i = 0; i < rank - 2; i++) {
      batch.add(i);
    }
    Arrangement matrices = new Arrangement(batch, List.of(rank - 2), List.of(rank - 1));
    List<Integer> sizes =
        new ArrayList<>(
            Broadcast.of(a.sizes().subList(0, rank - 2), b.sizes().subList(0, rank - 2)));
    if (product(a, rank) != 1 && product(b, rank) != 1) {
      a = ViewOperators.expanded(call, a, joined(sizes, a));
      b = ViewOperators.expanded(call, b, joined(sizes, b));
    }
    int one = call.layouts().arranged(a, matrices, call.name() + ".left").node();
    int other = call.layouts().arranged(b, matrices, call.name() + ".right").node();
    int node = call.draft().add(call.name(), new Computation.MatMul(), one, other);
    Shape shape = call.draft().shape(node);
    sizes.add(shape.height());
    sizes.add(shape.width());
    return View.of(node, matrices, sizes);
  }

  /** Number of matrices. */
  private static int product(View view, int rank) {
    return ViewOperators.product(view.sizes().subList(0, rank - 2));
  }

  private static List<Integer> joined(List<Integer> batch, View matrix) {
    List<Integer> sizes = new ArrayList<>(batch);
    sizes.addAll(matrix.sizes().subList(batch.size(), matrix.rank()));
    return sizes;
  }

  /** A Gemm without its last input. */
  static View scaledProduct(Call call, View a) throws Refusal {
    View b = call.view(1);
    View product = product(call, a, call.flag("transB") ? b.transposed(List.of(1, 0)) : b);
    return ArithmeticOperators.scaled(call, product, call.real("alpha", 1));
  }
}
