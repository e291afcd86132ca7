package dev.cnnc.compiler.ir;

import dev.cnnc.runtime.Preprocess;
import dev.cnnc.runtime.weights.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A whole file after lowering: the graph, and what the file says around it.
 *
 * @param description the text behind the network's name, or empty
 * @param inputName what the file calls its picture
 * @param labels names of the classes; empty if the file has none
 * @param preprocess how a picture becomes the input, if the file says so
 * @param exact whether only plain sums are allowed
 * @param storage how learned tensors of two dimensions or more are kept; they are rounded to it
 */
public record Network(
    Graph graph,
    String description,
    String inputName,
    Weights weights,
    List<String> labels,
    Optional<Preprocess> preprocess,
    boolean exact,
    Storage storage) {

  /** The same file with another graph. */
  public Network with(Graph other) {
    return new Network(other, description, inputName, weights, labels, preprocess, exact, storage);
  }

  /** The same file with weights kept in another number of bits. */
  public Network with(Storage other) {
    return new Network(graph, description, inputName, weights, labels, preprocess, exact, other);
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
