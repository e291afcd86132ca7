package dev.cnnc.compiler.ir;

import dev.cnnc.runtime.Preprocess;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.vision.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A whole file after lowering: the graph, and what the file says around it.
 *
 * @param description the text behind the network's name, or empty
 * @param inputs what the file says about the inputs of the graph, in their order
 * @param labels names of the classes; empty if the file has none
 * @param exact whether only plain sums are allowed
 * @param storage how learned tensors of two dimensions or more are kept; they are rounded to it
 * @param answers what the network answers about a picture, each of another kind
 */
public record Network(
    Graph graph,
    String description,
    List<Input> inputs,
    Weights weights,
    List<String> labels,
    boolean exact,
    Storage storage,
    List<Answer<?>> answers) {

  /**
   * An input.
   *
   * @param name what the file calls it
   * @param preprocess how a picture becomes it, if the file says so
   */
  public record Input(String name, Optional<Preprocess> preprocess) {

    /** An input without a preprocess clause. */
    public static Input of(String name) {
      return new Input(name, Optional.empty());
    }
  }

  public Network {
    inputs = List.copyOf(inputs);
    labels = List.copyOf(labels);
    answers = List.copyOf(answers);
  }

  /** A file without answers about a picture. */
  public Network(
      Graph graph,
      String description,
      List<Input> inputs,
      Weights weights,
      List<String> labels,
      boolean exact,
      Storage storage) {
    this(graph, description, inputs, weights, labels, exact, storage, List.of());
  }

  /** The same file with another graph. */
  public Network with(Graph other) {
    return new Network(other, description, inputs, weights, labels, exact, storage, answers);
  }

  /** The same file with weights kept in another number of bits. */
  public Network with(Storage other) {
    return new Network(graph, description, inputs, weights, labels, exact, other, answers);
  }

  /** Where the learned tensors come from. */
  public sealed interface Weights {
    /** A safetensors file, already resolved against the file that names it. */
    record File(Path path) implements Weights {}

    /** Made from the tensors' names when loaded. */
    record Synthetic() implements Weights {}

    /** The file names none: whoever compiles must. */
    record Unsaid() implements Weights {}
  }
}
