package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --weights}, for the commands that need weights. */
final class WeightsOption {

  @Option(
      names = "--weights",
      paramLabel = "FILE.safetensors|synthetic",
      description = {
        "Weights to use in place of those in the network's file.",
        "synthetic: made from the tensors' names, so no file is needed; the results mean nothing,"
            + " but are the same everywhere."
      })
  private Optional<String> weights = Optional.empty();

  /** The weights that the user wants; write ./synthetic for a file with that name. */
  Optional<Network.Weights> chosen() {
    return weights.map(
        text ->
            text.equals("synthetic")
                ? new Network.Weights.Synthetic()
                : new Network.Weights.File(Path.of(text)));
  }
}
