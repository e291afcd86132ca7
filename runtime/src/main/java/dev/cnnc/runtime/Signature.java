package dev.cnnc.runtime;

import java.util.List;
import java.util.Optional;

/**
 * The inputs, the outputs and the memory of a compiled network.
 *
 * @param network its name
 * @param inputs at least one, in the order of the file
 * @param outputs at least one, in the order of the file
 * @param arena floats for activations
 * @param scratch floats for each worker, behind the arena at {@code arena + worker * scratch}
 */
public record Signature(
    String network, List<Input> inputs, List<Output> outputs, int arena, int scratch) {

  /** What the only input of a network is called here, whatever the file calls it. */
  public static final String ONLY_INPUT = "input";

  /** An input, its place, and how a picture becomes it. */
  public record Input(String name, View view, Optional<Preprocess> preprocess) {}

  /** An output and its place. */
  public record Output(String name, View view) {}

  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException(network + " has no input");
    }
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException(network + " has no output");
    }
  }

  /** The signature of a network of one input. */
  public Signature(
      String network,
      View input,
      List<Output> outputs,
      int arena,
      int scratch,
      Optional<Preprocess> preprocess) {
    this(network, List.of(new Input(ONLY_INPUT, input, preprocess)), outputs, arena, scratch);
  }

  /** The place of the first input. */
  public View input() {
    return inputs.getFirst().view();
  }

  /**
   * The input of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Input input(String name) {
    return inputs.stream()
        .filter(input -> input.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  private String unknown(String name) {
    return "%s has no input %s; its inputs are %s".formatted(network, name, names());
  }

  private String names() {
    return String.join(", ", inputs.stream().map(Input::name).toList());
  }
}
