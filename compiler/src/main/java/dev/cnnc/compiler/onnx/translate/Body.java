package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What stands in place of a node: the branch of a condition, or the nodes of a function. Its own
 * names get a prefix, because the same body may stand in many places.
 *
 * @param same names of the node's outputs that are other names for values around it
 */
record Body(List<Onnx.Node> nodes, Map<String, Onnx.Tensor> tensors, Map<String, String> same) {

  /** Separates the prefix; no name of a file has it. */
  static final String INSIDE = "\n";

  Body {
    nodes = List.copyOf(nodes);
    tensors = Map.copyOf(tensors);
    same = Map.copyOf(same);
  }

  /**
   * A branch, which reads names around it.
   *
   * @param depth number of bodies around the node
   */
  static Body of(Onnx.Node node, Onnx.Graph branch, int depth) {
    Naming naming = new Naming(prefix(node, depth));
    branch.initializers().forEach(tensor -> naming.own(tensor.name()));
    branch.nodes().forEach(inner -> inner.outputs().forEach(naming::own));
    Map<String, String> same = new HashMap<>();
    List<String> results = branch.outputs().stream().map(Onnx.ValueInfo::name).toList();
    naming.give(results, node.outputs(), same);
    Map<String, Onnx.Tensor> tensors = new HashMap<>();
    branch.initializers().forEach(tensor -> tensors.put(naming.of(tensor.name()), tensor));
    return new Body(branch.nodes().stream().map(naming::of).toList(), tensors, same);
  }

  /**
   * A function, whose inputs are those of the node.
   *
   * @param depth number of bodies around the node
   */
  static Body of(Onnx.Node node, Onnx.Function function, int depth) {
    Naming naming = new Naming(prefix(node, depth));
    function.nodes().forEach(inner -> inner.outputs().forEach(naming::own));
    for (int i = 0; i < function.inputs().size(); i++) {
      String given = i < node.inputs().size() ? node.inputs().get(i) : "";
      naming.names.put(function.inputs().get(i), given);
    }
    Map<String, String> same = new HashMap<>();
    naming.give(function.outputs(), node.outputs(), same);
    Map<String, Onnx.Attribute> attributes = new HashMap<>();
    function.defaults().forEach(each -> attributes.put(each.name(), each));
    node.attributes().forEach(each -> attributes.put(each.name(), each));
    List<Onnx.Node> nodes = new ArrayList<>();
    for (Onnx.Node inner : function.nodes()) {
      Onnx.Node bound = bound(inner, attributes);
      String name = bound.name().isEmpty() ? bound.operator() : bound.name();
      nodes.add(naming.of(named(bound, node.name().isEmpty() ? "" : node.name() + "/" + name)));
    }
    return new Body(nodes, Map.of(), same);
  }

  /** The last node of a body has the output of the node around it, but names of its own inside. */
  private static String prefix(Onnx.Node node, int depth) {
    return node.outputs().stream().filter(name -> !name.isEmpty()).findFirst().orElse("")
        + INSIDE.repeat(depth + 1);
  }

  private static Onnx.Node named(Onnx.Node node, String name) {
    return new Onnx.Node(name, node.operator(), node.inputs(), node.outputs(), node.attributes());
  }

  /** The node with the attributes of the call in place of references to them. */
  private static Onnx.Node bound(Onnx.Node node, Map<String, Onnx.Attribute> attributes) {
    List<Onnx.Attribute> bound = new ArrayList<>();
    for (Onnx.Attribute attribute : node.attributes()) {
      if (!(attribute instanceof Onnx.Attribute.Reference(String name, String outer))) {
        bound.add(attribute);
      } else if (attributes.containsKey(outer)) {
        bound.add(Objects.requireNonNull(attributes.get(outer)).called(name));
      }
    }
    return new Onnx.Node(node.name(), node.operator(), node.inputs(), node.outputs(), bound);
  }

  /** What the names of a body are outside. */
  private record Naming(String prefix, Map<String, String> names) {

    Naming(String prefix) {
      this(prefix, new HashMap<>());
    }

    void own(String name) {
      if (!name.isEmpty()) {
        names.put(name, prefix + name);
      }
    }

    /** Gives results the names of the outputs of the node, if they are not values around it. */
    void give(List<String> results, List<String> outputs, Map<String, String> same) {
      Map<String, String> given = new HashMap<>();
      for (int i = 0; i < Math.min(results.size(), outputs.size()); i++) {
        String result = results.get(i);
        boolean own = of(result).equals(prefix + result);
        if (own && given.putIfAbsent(result, outputs.get(i)) == null) {
          continue;
        }
        same.put(outputs.get(i), own ? given.getOrDefault(result, "") : of(result));
      }
      given.forEach(
          (result, output) -> {
            if (!output.isEmpty()) {
              names.put(result, output);
            }
          });
    }

    String of(String name) {
      return names.getOrDefault(name, name);
    }

    Onnx.Node of(Onnx.Node node) {
      List<Onnx.Attribute> attributes =
          node.attributes().stream()
              .map(
                  each ->
                      each instanceof Onnx.Attribute.Nested(String name, Onnx.Graph graph)
                          ? new Onnx.Attribute.Nested(name, of(graph))
                          : each)
              .toList();
      return new Onnx.Node(
          node.name(),
          node.operator(),
          node.inputs().stream().map(this::of).toList(),
          node.outputs().stream().map(this::of).toList(),
          attributes);
    }

    /** A graph in the body, whose own names stay. */
    private Onnx.Graph of(Onnx.Graph graph) {
      Naming free = new Naming(prefix, new HashMap<>(names));
      graph.initializers().forEach(tensor -> free.names.remove(tensor.name()));
      graph.nodes().forEach(inner -> inner.outputs().forEach(free.names::remove));
      return new Onnx.Graph(
          graph.name(),
          graph.nodes().stream().map(free::of).toList(),
          graph.initializers(),
          graph.inputs(),
          graph.outputs().stream()
              .map(it -> new Onnx.ValueInfo(free.of(it.name()), it.type(), it.dimensions()))
              .toList());
    }
  }
}
