package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.GraphVerifier;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Origin;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The graph under construction. Decisions that depend on the whole graph are made at the end. */
final class GraphDraft {

  private final Problems problems;
  private final List<Item> items = new ArrayList<>();
  private final Map<String, Span> counted = new HashMap<>();

  /**
   * A future node.
   *
   * @param automatic whether the name was generated, so that it may change
   * @param biasOpen whether a batch norm behind the node removes its bias
   */
  record Item(
      String name,
      boolean automatic,
      Op op,
      List<Integer> inputs,
      Shape shape,
      Span span,
      Frame frame,
      boolean biasOpen) {
    Item with(Op other) {
      return new Item(name, automatic, other, inputs, shape, span, frame, biasOpen);
    }
  }

  GraphDraft(Problems problems) {
    this.problems = problems;
  }

  /** Records that {@code name} belongs to one round of the repetition at {@code times}. */
  void counted(String name, Span times) {
    counted.put(name, times);
  }

  Flow.Known add(Item item) {
    items.add(item);
    return new Flow.Known(items.size() - 1, item.shape());
  }

  /** Decides which convs have a bias, and reports tensors with one name. */
  void settle(List<Graph.Output> outputs) {
    settleBiases(outputs);
    checkTensors();
  }

  /** The graph, after {@link #settle} without errors. */
  Graph finish(String name, List<Graph.Output> outputs) {
    List<String> names = settleNames();
    List<Node> nodes = new ArrayList<>();
    for (int id = 0; id < items.size(); id++) {
      Item item = items.get(id);
      Origin origin = new Origin(item.span(), item.frame().trail());
      nodes.add(new Node(id, names.get(id), item.op(), item.inputs(), item.shape(), origin));
    }
    return GraphVerifier.verify(new Graph(name, nodes, outputs));
  }

  /** Nodes without a reader that are not in {@code wanted}. */
  List<Item> unread(Set<Integer> wanted) {
    int[] readers = readers(List.of());
    List<Item> unread = new ArrayList<>();
    for (int id = 0; id < items.size(); id++) {
      if (readers[id] == 0 && !wanted.contains(id)) {
        unread.add(items.get(id));
      }
    }
    return unread;
  }

  /**
   * The fc on every pixel that gives {@code output}, directly or through softmax, if there is one.
   */
  Optional<Item> pixelwise(Graph.Output output) {
    Item last = items.get(output.node());
    while (last.op() instanceof Op.Softmax) {
      last = items.get(last.inputs().getFirst());
    }
    return isPixelwise(last) ? Optional.of(first(last)) : Optional.empty();
  }

  private static boolean isPixelwise(Item item) {
    return item.op() instanceof Op.Conv conv && conv.isFc() && item.shape().height() > 1;
  }

  /** The first fc of the chain that ends with this one; only functions stand between them. */
  private Item first(Item last) {
    Item first = last;
    Item item = last;
    while (isPixelwise(item)
        || item.op() instanceof Op.Activate
        || item.op() instanceof Op.Dropout) {
      first = isPixelwise(item) ? item : first;
      item = items.get(item.inputs().getFirst());
    }
    return first;
  }

  Shape shape(Graph.Output output) {
    return items.get(output.node()).shape();
  }

  private int[] readers(List<Graph.Output> outputs) {
    int[] readers = new int[items.size()];
    items.forEach(item -> item.inputs().forEach(input -> readers[input]++));
    outputs.forEach(output -> readers[output.node()]++);
    return readers;
  }

  private void settleBiases(List<Graph.Output> outputs) {
    int[] readers = readers(outputs);
    for (Item item : List.copyOf(items)) {
      if (item.op() instanceof Op.BatchNorm) {
        int id = item.inputs().getFirst();
        Item before = items.get(id);
        if (readers[id] == 1 && before.biasOpen() && before.op() instanceof Op.Conv conv) {
          items.set(id, before.with(without(conv)));
        }
      }
    }
  }

  private static Op without(Op.Conv biased) {
    return new Op.Conv(
        biased.filters(),
        biased.window(),
        biased.groups(),
        biased.weight(),
        Optional.empty(),
        biased.epilogue());
  }

  private void checkTensors() {
    Map<String, Item> owners = new HashMap<>();
    Set<List<Span>> pairs = new HashSet<>();
    for (Item item : items) {
      for (Recipe.Stored tensor : Tensors.stored(item.op())) {
        Item owner = owners.putIfAbsent(tensor.name(), item);
        if (owner != null && pairs.add(List.of(owner.span(), item.span()))) {
          problems.add(
              Code.E216,
              item.span(),
              item.frame(),
              "two tensors are called %s; the other one belongs to the layer at %s"
                  .formatted(tensor.name(), owner.span()),
              owner.span().equals(item.span())
                  ? again(tensor.name())
                  : "give one of the layers another label");
          break;
        }
      }
      if (problems.isFull()) {
        return;
      }
    }
  }

  /** The fix for a layer that occurs twice. */
  private String again(String tensor) {
    for (int end = tensor.length(); end > 0; end = tensor.lastIndexOf('.', end - 1)) {
      Span times = counted.get(tensor.substring(0, end));
      if (times != null) {
        return "its {index} counts only * %s at %s; what repeats that needs a label too: outer{index}"
            .formatted(times.text(), times);
      }
    }
    return "in a repetition, put {index} into the label; between calls, use a block";
  }

  /** Names of layers with tensors stay; other names are made unique. */
  private List<String> settleNames() {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>(items.stream().map(Item::name).toList());
    for (Priority priority : Priority.values()) {
      Map<String, Integer> next = new HashMap<>();
      for (int id = 0; id < items.size(); id++) {
        if (priority == priority(items.get(id))) {
          String wanted = items.get(id).name();
          String name = wanted;
          while (!taken.add(name)) {
            name = wanted + "_" + next.merge(wanted, 2, (last, _) -> last + 1);
          }
          names.set(id, name);
        }
      }
    }
    return names;
  }

  private enum Priority {
    TENSORS,
    LABEL,
    MADE_UP
  }

  private static Priority priority(Item item) {
    if (!Tensors.recipes(item.op()).isEmpty()) {
      return Priority.TENSORS;
    }
    return item.automatic() ? Priority.MADE_UP : Priority.LABEL;
  }
}
