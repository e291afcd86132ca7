package dev.cnnc.runtime;

import java.util.List;
import java.util.Optional;

/**
 * What a compiled network takes, gives and needs.
 *
 * @param network its name
 * @param input where the picture lies
 * @param outputs one at least, in the order of the file
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

  /** A result and where it lies. */
  public record Output(String name, View view) {}

  public Signature {
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException(network + " has no output");
    }
  }
}
