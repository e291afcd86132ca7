package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reorders elements with permutes of three axes; any transpose of any number of dimensions is a
 * sequence of them.
 */
record Sorting(ImportDraft draft, String name) {

  /**
   * The node with its elements in this order.
   *
   * @param order sizes, and distances between elements in their current order
   */
  int of(int node, List<Factor> order) throws Refusal {
    List<Factor> lying = new ArrayList<>(order);
    lying.sort(Comparator.comparingInt(Factor::stride).reversed());
    int moved = node;
    int done = 0;
    while (!lying.equals(order)) {
      while (lying.get(done).equals(order.get(done))) {
        done++;
      }
      int place = lying.indexOf(order.get(done));
      int end = place + 1;
      while (end < lying.size()
          && done + end - place < order.size()
          && lying.get(end).equals(order.get(done + end - place))) {
        end++;
      }
      moved = exchanged(moved, lying, done, place, end);
      List<Factor> sorted = new ArrayList<>(lying.subList(0, done));
      sorted.addAll(lying.subList(place, done == 0 ? end : lying.size()));
      sorted.addAll(lying.subList(done, place));
      sorted.addAll(lying.subList(done == 0 ? end : lying.size(), lying.size()));
      lying = sorted;
    }
    return moved;
  }

  /**
   * What lies from {@code place} on comes before what lies from {@code done} on: up to {@code end}
   * if nothing is done yet, else up to the last, since there are three axes.
   */
  private int exchanged(int node, List<Factor> lying, int done, int place, int end) throws Refusal {
    if (done == 0) {
      int picture =
          shaped(
              node,
              size(lying.subList(0, place)),
              size(lying.subList(place, end)),
              size(lying.subList(end, lying.size())));
      return draft.add(name, new Rearrangement.Permute(List.of(1, 0, 2)), picture);
    }
    int picture =
        shaped(
            node,
            size(lying.subList(0, done)),
            size(lying.subList(done, place)),
            size(lying.subList(place, lying.size())));
    return draft.add(name, new Rearrangement.Permute(List.of(0, 2, 1)), picture);
  }

  private static int size(List<Factor> factors) {
    return factors.stream().mapToInt(Factor::size).reduce(1, (a, b) -> a * b);
  }

  private int shaped(int node, int channels, int height, int width) throws Refusal {
    boolean there = draft.shape(node).equals(new Shape(channels, height, width));
    return there ? node : draft.add(name, new Rearrangement.Reshape(channels, height, width), node);
  }
}
