package dev.cnnc.compiler.measure;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Made-up inputs of a network: numbers from -1 to 1, the same everywhere, no two inputs alike. */
public final class SyntheticInputs {

  private SyntheticInputs() {}

  /** One for each input, in their order. */
  public static List<float[]> of(Graph graph) {
    List<Node> inputs = graph.inputs();
    int size = inputs.stream().mapToInt(input -> input.shape().size()).reduce(0, Math::addExact);
    float[] all = new Synthetic().tensor("input", List.of(size));
    List<float[]> parts = new ArrayList<>();
    int from = 0;
    for (Node input : inputs) {
      parts.add(Arrays.copyOfRange(all, from, from + input.shape().size()));
      from += input.shape().size();
    }
    return parts;
  }
}
