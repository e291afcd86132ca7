package dev.cnnc.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What PyTorch says of a network under synthetic weights.
 *
 * @param tensors shapes by name, running statistics too
 * @param parameters how many numbers were learned
 * @param logits empty where the network is too deep for float
 */
record Expected(Map<String, List<Integer>> tensors, long parameters, Optional<double[]> logits) {

  /** Reads the file beside the checkout; without it, the calling test is skipped. */
  static Expected of(String network) throws IOException {
    JsonNode file =
        JsonMapper.shared()
            .readTree(Files.readString(Shared.file("reference/" + network + ".json")));
    Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    file.get("tensors")
        .properties()
        .forEach(
            tensor -> {
              List<Integer> shape = new ArrayList<>();
              tensor.getValue().forEach(side -> shape.add(side.intValue()));
              tensors.put(tensor.getKey(), shape);
            });
    return new Expected(
        tensors,
        file.get("parameters").longValue(),
        Optional.ofNullable(file.get("logits"))
            .filter(array -> !array.isEmpty())
            .map(Expected::numbers));
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).doubleValue();
    }
    return numbers;
  }
}
