package dev.cnnc.compiler.onnx.read;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Brings nodes into an order in which they can run, which is that of the file if it is one, and
 * checks that names are defined once.
 */
final class GraphOrder {

  private GraphOrder() {}

  /** A graph that reads nothing but its own names. */
  static Onnx.Graph outer(Onnx.Graph graph) {
    Set<String> known = new HashSet<>();
    graph.initializers().forEach(tensor -> known.add(tensor.name()));
    Set<String> inputs = new HashSet<>();
    for (Onnx.ValueInfo input : graph.inputs()) {
      if (!inputs.add(input.name())) {
        throw new OnnxException("two inputs are called " + input.name());
      }
    }
    // Old files also list their tensors as inputs.
    known.addAll(inputs);
    for (Onnx.Node node : graph.nodes()) {
      for (String output : node.outputs()) {
        if (!output.isEmpty() && !known.add(output)) {
          throw new OnnxException(
              "node %s defines %s, which is already defined".formatted(title(node), output));
        }
      }
    }
    for (Onnx.Node node : graph.nodes()) {
      for (String input : node.reads()) {
        if (!known.contains(input)) {
          throw new OnnxException(
              "node %s reads %s, which nothing defines: a part is missing"
                  .formatted(title(node), input));
        }
      }
    }
    for (Onnx.ValueInfo output : graph.outputs()) {
      if (!known.contains(output.name())) {
        throw new OnnxException("no node computes the output " + output.name());
      }
    }
    return inner(graph);
  }

  /** A graph that may read names around it. */
  static Onnx.Graph inner(Onnx.Graph graph) {
    return new Onnx.Graph(
        graph.name(),
        sorted(graph.nodes()),
        latest(graph.initializers()),
        graph.inputs(),
        graph.outputs());
  }

  /** The last of tensors with one name, as ONNX Runtime takes it. */
  private static List<Onnx.Tensor> latest(List<Onnx.Tensor> tensors) {
    Map<String, Onnx.Tensor> byName = new LinkedHashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    return List.copyOf(byName.values());
  }

  /** The nodes, each behind those that it reads. */
  static List<Onnx.Node> sorted(List<Onnx.Node> nodes) {
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).outputs()) {
        makers.putIfAbsent(output, i);
      }
    }
    List<List<Integer>> readers = new ArrayList<>();
    nodes.forEach(_ -> readers.add(new ArrayList<>()));
    int[] missing = new int[nodes.size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : nodes.get(i).reads()) {
        Integer maker = makers.get(input);
        if (maker != null) {
          readers.get(maker).add(i);
          missing[i]++;
        }
      }
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    List<Onnx.Node> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      sorted.add(nodes.get(next));
      for (int reader : readers.get(next)) {
        if (--missing[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    for (int i = 0; i < missing.length; i++) {
      if (missing[i] > 0) {
        throw new OnnxException("node %s reads its own output".formatted(title(nodes.get(i))));
      }
    }
    return sorted;
  }

  private static String title(Onnx.Node node) {
    return node.operator() + (node.name().isEmpty() ? "" : " " + node.name());
  }
}
