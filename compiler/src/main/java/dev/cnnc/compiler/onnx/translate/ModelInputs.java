package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which input of a model is which input of a network that shall give the same. */
public final class ModelInputs {
  private ModelInputs() {}

  /**
   * The inputs of a model in the order of a network: those of the same names, and for the others
   * those that are left, in the model's order. An import changes names that are no words.
   *
   * @throws IllegalArgumentException if the model has too few
   */
  public static List<Onnx.ValueInfo> of(Onnx.Graph graph, List<Network.Input> network) {
    Set<String> names = new HashSet<>();
    network.forEach(input -> names.add(input.name()));
    List<Onnx.ValueInfo> others =
        new ArrayList<>(
            graph.inputs().stream().filter(input -> !names.contains(input.name())).toList());
    List<Onnx.ValueInfo> ordered = new ArrayList<>();
    for (Network.Input ours : network) {
      graph.inputs().stream()
          .filter(input -> input.name().equals(ours.name()))
          .findFirst()
          .ifPresentOrElse(
              ordered::add,
              () -> {
                if (others.isEmpty()) {
                  throw new IllegalArgumentException(
                      "the model has no input for %s: it has %s, the network %s"
                          .formatted(ours.name(), graph.inputs().size(), network.size()));
                }
                ordered.add(others.removeFirst());
              });
    }
    return ordered;
  }
}
