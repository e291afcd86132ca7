package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.GraphVerifier;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Origin;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Signature;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import dev.cnnc.dsl.Source;
import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A graph under construction. Patterns replace many added nodes, so names and tensors are decided
 * at the end, for the remaining nodes.
 */
final class ImportDraft {

  /**
   * An added node.
   *
   * @param name the wanted name
   * @param op the op with tensors under that name, as a preview
   */
  private record Entry(String name, LayerPlan plan, Op op, List<Integer> inputs, Shape shape) {}

  /** The final result. */
  record Finished(Graph graph, List<SafetensorsWriter.Tensor> tensors) {}

  private static final Origin NOWHERE =
      new Origin(new Span(new Source("model", ""), 0, 0), List.of());

  private final List<Entry> entries = new ArrayList<>();

  /** Elements that were already moved, so that they are not moved twice. */
  private final Map<List<Object>, Integer> moved = new HashMap<>();

  /** Adds an input; all of them come before anything else. */
  int input(String name, Shape shape) {
    entries.add(new Entry(name, _ -> new Op.Input(), new Op.Input(), List.of(), shape));
    return entries.size() - 1;
  }

  /** Adds an operation without tensors. */
  int add(String name, Op op, int... inputs) throws Refusal {
    return add(name, _ -> op, inputs);
  }

  /** Adds an operation. */
  int add(String name, LayerPlan plan, int... inputs) throws Refusal {
    entries.add(entry(name, plan, inputs));
    return entries.size() - 1;
  }

  /** The node that was already added for this. */
  Optional<Integer> known(List<Object> what) {
    return Optional.ofNullable(moved.get(what));
  }

  void remember(List<Object> what, int node) {
    moved.put(what, node);
  }

  /** Replaces an operation that has no reader yet. */
  void replace(int node, LayerPlan plan) throws Refusal {
    Entry old = entries.get(node);
    int[] inputs = old.inputs.stream().mapToInt(Integer::intValue).toArray();
    entries.set(node, entry(old.name, plan, inputs));
  }

  private Entry entry(String name, LayerPlan plan, int... inputs) throws Refusal {
    List<Integer> read = new ArrayList<>();
    for (int input : inputs) {
      read.add(input);
    }
    List<String> misfits = new ArrayList<>();
    Op op =
        plan.op(
            (suffix, shape, elements) -> {
              if (ViewOperators.product(shape) != elements.size()) {
                misfits.add("needs a tensor of %s, not of %s".formatted(shape, elements.sizes()));
              }
              return new Recipe.Stored(name + suffix, shape);
            });
    if (!misfits.isEmpty()) {
      throw new Refusal(misfits.getFirst(), "export the model again");
    }
    List<Shape> shapes = read.stream().map(this::shape).toList();
    return switch (Signature.of(op, shapes)) {
      case Signature.Result.Fits(Shape shape) -> new Entry(name, plan, op, read, shape);
      case Signature.Result.Problem(String message, var help) ->
          throw new Refusal(message, help.orElse("change the model before it is exported"));
    };
  }

  Shape shape(int node) {
    return entries.get(node).shape;
  }

  Op op(int node) {
    return entries.get(node).op;
  }

  /** The plan of the operation, as a base for a replacement. */
  LayerPlan plan(int node) {
    return entries.get(node).plan;
  }

  List<Integer> inputs(int node) {
    return entries.get(node).inputs;
  }

  /** The nodes that the outputs need, in the order of adding. */
  Finished finish(String network, List<Graph.Output> outputs) {
    boolean[] needed = new boolean[entries.size()];
    for (int id = 0; id < entries.size() && op(id) instanceof Op.Input; id++) {
      needed[id] = true;
    }
    outputs.forEach(output -> needed[output.node()] = true);
    for (int id = entries.size() - 1; id >= 0; id--) {
      if (needed[id]) {
        entries.get(id).inputs.forEach(input -> needed[input] = true);
      }
    }
    Map<Integer, Integer> ids = new HashMap<>();
    Map<Integer, String> names = names(needed);
    List<Node> nodes = new ArrayList<>();
    List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
    for (int id = 0; id < entries.size(); id++) {
      if (needed[id]) {
        ids.put(id, nodes.size());
        nodes.add(node(id, nodes.size(), ids, names.getOrDefault(id, ""), tensors));
      }
    }
    List<Graph.Output> renumbered =
        outputs.stream()
            .map(output -> new Graph.Output(output.name(), ids.getOrDefault(output.node(), 0)))
            .toList();
    Graph graph = GraphVerifier.verify(new Graph(network, nodes, renumbered));
    return new Finished(graph, Collections.unmodifiableList(tensors));
  }

  /**
   * A name for each node. Nodes with tensors get theirs first, because users see those names. No
   * two tensors have one name, even if a learned value is called like the weight of a layer.
   */
  private Map<Integer, String> names(boolean[] needed) {
    Map<Integer, String> names = new HashMap<>();
    Set<String> taken = new HashSet<>();
    Map<String, Integer> next = new HashMap<>();
    for (boolean weighted : new boolean[] {true, false}) {
      for (int id = 0; id < entries.size(); id++) {
        Entry entry = entries.get(id);
        if (needed[id] && Tensors.recipes(entry.op).isEmpty() != weighted) {
          String name = entry.name;
          Set<String> all = all(name, entry.op);
          while (!Collections.disjoint(taken, all)) {
            name = entry.name + "_" + next.merge(entry.name, 2, (last, _) -> last + 1);
            all = all(name, entry.op);
          }
          taken.addAll(all);
          names.put(id, name);
        }
      }
    }
    return names;
  }

  /** The name of a node and those of its tensors. */
  private static Set<String> all(String name, Op op) {
    Set<String> all = new HashSet<>(Tensors.byName(name, op).keySet());
    all.add(name);
    return all;
  }

  private Node node(
      int old,
      int id,
      Map<Integer, Integer> ids,
      String settled,
      List<SafetensorsWriter.Tensor> tensors) {
    Entry entry = entries.get(old);
    Op op =
        entry.plan.op(
            (suffix, shape, elements) -> {
              tensors.add(new SafetensorsWriter.Tensor(settled + suffix, shape, elements.floats()));
              return new Recipe.Stored(settled + suffix, shape);
            });
    List<Integer> inputs = entry.inputs.stream().map(i -> ids.getOrDefault(i, 0)).toList();
    return new Node(id, settled, op, inputs, entry.shape, NOWHERE);
  }
}
