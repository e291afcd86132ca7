package dev.cnnc.cli;

import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.StoredTensors;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A correct network file and its tensors.
 *
 * @param written the network before any pass
 */
record NetworkFile(Network written, TensorSource source) {

  /** The network of {@code file}, or empty if it has errors. Errors and warnings are printed. */
  static Optional<Network> read(Path file, OutsideOption outside, Terminal terminal) {
    Frontend frontend = frontend(file, outside);
    terminal.report(frontend.diagnostics());
    return frontend.written();
  }

  /**
   * The same with its weights, after a check that every tensor is there and every element is
   * finite.
   *
   * @param weights to use in place of those in the file
   */
  static Optional<NetworkFile> open(
      Path file, Optional<Network.Weights> weights, OutsideOption outside, Terminal terminal) {
    Frontend frontend = frontend(file, outside);
    terminal.report(frontend.diagnostics());
    if (frontend.written().isEmpty()) {
      return Optional.empty();
    }
    StoredTensors tensors = tensors(frontend, weights, terminal);
    terminal.report(tensors.diagnostics());
    return tensors.source().map(source -> new NetworkFile(frontend.written().get(), source));
  }

  /** Checks the weights of a correct file; prints only progress, and only if there are many. */
  static StoredTensors tensors(
      Frontend frontend, Optional<Network.Weights> weights, Terminal terminal) {
    try (Progress progress = new Progress(terminal)) {
      progress.stage("checking weights");
      return StoredTensors.open(frontend, weights);
    }
  }

  /** Reads the text alone. */
  static Frontend frontend(Path file, OutsideOption outside) {
    try {
      return Frontend.of(file, outside.allowed());
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
  }
}
