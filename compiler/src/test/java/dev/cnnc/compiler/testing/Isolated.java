package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One layer by itself, so that it answers for its own error only. */
public final class Isolated {

  private Isolated() {}

  /**
   * What the reference makes of given inputs.
   *
   * @param weights of the layer
   * @param inputs of the layer, in order
   */
  public static double[] run(Graph graph, Node node, TensorSource weights, List<float[]> inputs) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(0, "", new Op.Input(), List.of(), new Shape(1, 1, 1), node.origin()));
    List<Integer> ids = new ArrayList<>();
    for (Shape shape : graph.inputShapes(node)) {
      String name = Integer.toString(ids.size());
      Recipe given =
          new Recipe.Stored(name, List.of(shape.channels(), shape.height(), shape.width()));
      ids.add(nodes.size());
      nodes.add(
          new Node(nodes.size(), name, new Op.Learned(given), List.of(), shape, node.origin()));
    }
    nodes.add(new Node(nodes.size(), "result", node.op(), ids, node.shape(), node.origin()));
    Graph alone = new Graph("alone", nodes, List.of(new Graph.Output("result", nodes.size() - 1)));
    TensorSource source =
        (name, shape) ->
            name.matches("\\d+") ? inputs.get(Integer.parseInt(name)) : weights.tensor(name, shape);
    Map<String, double[]> outputs = Reference.run(alone, source, new float[1]);
    return outputs.values().iterator().next();
  }
}
