package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code softmax(q k / sqrt(d)) v} of matrices {@code [1, heads, tokens, d]} is attention.
 * Attention with a mask is declined.
 */
final class HeadedAttention implements Pattern {

  @Override
  public String name() {
    return "attention";
  }

  @Override
  public Optional<View> match(Call last) throws Refusal {
    if (!last.operator().equals("MatMul") || !last.isComputed(1)) {
      return Optional.empty();
    }
    Trace shares = Trace.of(last, 0);
    Optional<Call> softmax = shares.maker("Softmax");
    if (softmax.isEmpty() || shares.factor() != 1 || !isOfRows(softmax.get())) {
      return Optional.empty();
    }
    Trace scores = Trace.of(softmax.get(), 0);
    Optional<Call> product = scores.maker("MatMul");
    if (product.isEmpty() || !product.get().isComputed(0) || !product.get().isComputed(1)) {
      return Optional.empty();
    }
    Trace query = Trace.of(product.get(), 0);
    Trace key = Trace.of(product.get(), 1);
    View value = last.view(1);
    double factor = scores.factor() * query.factor() * key.factor();
    return query.call().isComputed(query.input()) && key.call().isComputed(key.input())
        ? attention(last, query.view(), key.view(), value, factor)
        : Optional.empty();
  }

  private static boolean isOfRows(Call softmax) throws Refusal {
    int rank = softmax.isComputed(0) ? softmax.view(0).rank() : 0;
    return rank > 1 && NormOperators.softmaxAxis(softmax, rank) == rank - 1;
  }

  private static Optional<View> attention(
      Call last, View query, View key, View value, double factor) throws Refusal {
    List<Integer> sizes = query.sizes();
    int rank = sizes.size();
    boolean fits = (rank == 3 || rank == 4) && value.sizes().equals(sizes) && key.rank() == rank;
    if (!fits || (rank == 4 && sizes.getFirst() != 1)) {
      return Optional.empty();
    }
    List<Integer> swapped = new ArrayList<>(sizes);
    swapped.set(rank - 1, sizes.get(rank - 2));
    swapped.set(rank - 2, sizes.get(rank - 1));
    double expected = 1 / Math.sqrt(sizes.getLast());
    if (!key.sizes().equals(swapped) || Math.abs(factor - expected) > 1e-3 * expected) {
      return Optional.empty();
    }
    int heads = sizes.get(rank - 3);
    Arrangement tokens = new Arrangement(List.of(rank - 3, rank - 1), List.of(), List.of(rank - 2));
    Arrangement turned = new Arrangement(List.of(rank - 3, rank - 2), List.of(), List.of(rank - 1));
    int joined =
        joined(
            last,
            last.layouts().arranged(query, tokens, last.name() + ".query").node(),
            last.layouts().arranged(key, turned, last.name() + ".key").node(),
            last.layouts().arranged(value, tokens, last.name() + ".value").node());
    int node = last.draft().add(last.name(), new Op.Attention(heads), joined);
    return Optional.of(View.of(node, tokens, sizes));
  }

  /** The value of which query, key and value are thirds, or a new value that joins them. */
  private static int joined(Call last, int query, int key, int value) throws Refusal {
    ImportDraft draft = last.draft();
    Optional<Integer> whole = source(draft, query, 0);
    Shape shape = draft.shape(query);
    boolean cut =
        whole.isPresent()
            && whole.equals(source(draft, key, 1))
            && whole.equals(source(draft, value, 2))
            && draft
                .shape(whole.get())
                .equals(new Shape(3 * shape.channels(), shape.height(), shape.width()));
    return cut ? whole.get() : draft.add(last.name(), new Op.Concat(), query, key, value);
  }

  /** The value of which the node is the given third. */
  private static Optional<Integer> source(ImportDraft draft, int node, int third) {
    int channels = draft.shape(node).channels();
    return draft.op(node) instanceof Op.Slice(int from, _) && from == third * channels
        ? Optional.of(draft.inputs(node).getFirst())
        : Optional.empty();
  }
}
