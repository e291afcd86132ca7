package dev.cnnc.cli;

import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.StoredTensors;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A good file and its tensors.
 *
 * @param written before any pass
 */
record NetworkFile(Network written, TensorSource source) {

  /** What {@code file} says, or empty when it has errors; they are printed, warnings too. */
  static Optional<Network> read(Path file, Terminal terminal) {
    Frontend frontend = frontend(file);
    terminal.report(frontend.diagnostics());
    return frontend.written();
  }

  /**
   * The same with its weights, which are checked as far as their header goes.
   *
   * @param weights instead of those that the file names
   */
  static Optional<NetworkFile> open(
      Path file, Optional<Network.Weights> weights, Terminal terminal) {
    Frontend frontend = frontend(file);
    terminal.report(frontend.diagnostics());
    if (frontend.written().isEmpty()) {
      return Optional.empty();
    }
    StoredTensors tensors = StoredTensors.open(frontend, weights);
    terminal.report(tensors.diagnostics());
    return tensors.source().map(source -> new NetworkFile(frontend.written().get(), source));
  }

  private static Frontend frontend(Path file) {
    try {
      return Frontend.of(file);
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
  }
}
