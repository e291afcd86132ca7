package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether two graphs compute the same values from the same tensors, whatever the names of their
 * nodes.
 */
final class SameNetwork {

  /** A value, identified by its op and inputs. */
  private record Made(Op op, Shape shape, List<Integer> inputs) {}

  private final Map<Made, Integer> values = new HashMap<>();

  private SameNetwork() {}

  static boolean is(Graph one, Graph other) {
    SameNetwork same = new SameNetwork();
    return same.outputs(one).equals(same.outputs(other));
  }

  /** Numbers for the outputs; equal values have equal numbers. */
  private List<Integer> outputs(Graph graph) {
    List<Integer> numbers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<Integer> inputs =
          node.op() instanceof Op.Input
              ? List.of(node.id()) // two inputs of one shape are not the same value
              : node.inputs().stream().map(numbers::get).toList();
      Made made = new Made(node.op(), node.shape(), inputs);
      numbers.add(values.computeIfAbsent(made, _ -> values.size()));
    }
    return graph.outputs().stream().map(output -> numbers.get(output.node())).toList();
  }
}
