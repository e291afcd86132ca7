package dev.cnnc.compiler.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What PyTorch says of networks under synthetic weights, in files beside the checkout. */
public final class SharedLogits {

  private static final Path FOLDER = Path.of("..", "..", "shared", "reference");

  private SharedLogits() {}

  /** Empty where there is no file, or no logits in it: some networks are too deep for float. */
  public static Optional<double[]> of(String network) {
    Path file = FOLDER.resolve(network + ".json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.ofNullable(JsonMapper.shared().readTree(file.toFile()).get("logits"))
        .filter(logits -> !logits.isEmpty())
        .map(
            logits ->
                StreamSupport.stream(logits.spliterator(), false)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray());
  }
}
