package dev.cnnc.runtime;

import java.util.List;
import java.util.Optional;

/**
 * The input, the outputs and the memory of a compiled network.
 *
 * @param network its name
 * @param input place of the picture
 * @param outputs at least one, in the order of the file
 * @param arena floats for activations
 * @param scratch floats for each worker, behind the arena at {@code arena + worker * scratch}
 */
public record Signature(
    String network,
    View input,
    List<Output> outputs,
    int arena,
    int scratch,
    Optional<Preprocess> preprocess) {

  /** An output and its place. */
  public record Output(String name, View view) {}

  public Signature {
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException(network + " has no output");
    }
  }
}
