package dev.cnnc.cli;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.StoredTensors;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A correct network file and its tensors.
 *
 * @param sizes the network before any pass, for each size of its input
 * @param size the one to look at
 */
record NetworkFile(List<Network> sizes, int size, TensorSource source) {

  /** A network of one size. */
  NetworkFile(Network written, TensorSource source) {
    this(List.of(written), 0, source);
  }

  /** The network before any pass. */
  Network written() {
    return sizes.get(size);
  }

  /** Another size of the same file. */
  NetworkFile at(int other) {
    return new NetworkFile(sizes, other, source);
  }

  /** Plans and emits all sizes, as in the class that is emitted, to be run in this JVM. */
  Backend backend() {
    return Backend.here(improved(sizes));
  }

  static Backend backend(List<Network> sizes) {
    return Backend.of(improved(sizes), "");
  }

  /** What is planned. */
  static List<Network> improved(List<Network> sizes) {
    return sizes.stream().map(Passes::improved).toList();
  }

  /**
   * The network of {@code file} for each size of its input; none if it has errors. Errors and
   * warnings are printed.
   */
  static List<Network> read(Path file, OutsideOption outside, Terminal terminal) {
    Frontend frontend = frontend(file, outside);
    terminal.report(frontend.diagnostics());
    return frontend.sizes();
  }

  /**
   * The same with its weights, after a check that every tensor is there and every element is
   * finite. It is at its first size.
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
    return tensors.source().map(source -> new NetworkFile(frontend.sizes(), 0, source));
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
