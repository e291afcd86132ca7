package dev.cnnc.cli;

import dev.cnnc.cli.report.Json;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tensors that a weights file must contain for a network, for comparison with a file.
 *
 * <p>Invariant: in the order of the layers, weight before bias, each tensor once.
 */
final class TensorList {
  private TensorList() {}

  /** One a line, {@code conv1.weight [6, 1, 5, 5]}. */
  static String text(Network network) {
    return stored(network).stream()
        .map(tensor -> tensor.name() + " " + tensor.shape() + "\n")
        .collect(Collectors.joining());
  }

  static String json(Network network) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("network", network.graph().name());
          json.writeArrayPropertyStart("tensors");
          for (Recipe.Stored tensor : stored(network)) {
            json.writeStartObject();
            json.writeStringProperty("name", tensor.name());
            json.writeArrayPropertyStart("shape");
            tensor.shape().forEach(json::writeNumber);
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static List<Recipe.Stored> stored(Network network) {
    return network.graph().nodes().stream()
        .flatMap(node -> Tensors.stored(node.op()).stream())
        .distinct()
        .toList();
  }
}
