package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.PictureReader;
import dev.cnnc.runtime.Preprocessor;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The input of a network, in the order channels, rows, columns. */
final class NetworkInput {
  private NetworkInput() {}

  /**
   * Reads or generates the input.
   *
   * @param text {@code synthetic}, or the name of a file; write ./synthetic for a file with that
   *     name
   */
  static float[] of(String text, Network network) {
    Shape shape = network.graph().node(0).shape();
    if (text.equals("synthetic")) {
      return new Synthetic()
          .tensor("input", List.of(shape.channels(), shape.height(), shape.width()));
    }
    Path file = Path.of(text);
    return text.toLowerCase(Locale.ROOT).endsWith(".npy")
        ? NpyFile.read(file, shape)
        : picture(file, network);
  }

  private static float[] picture(Path file, Network network) {
    Picture picture = read(file);
    try {
      return new Preprocessor(signature(network)).input(picture);
    } catch (IllegalArgumentException unfit) {
      throw new Failure(file + " does not fit: " + unfit.getMessage());
    }
  }

  private static Picture read(Path file) {
    try {
      return PictureReader.read(file);
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
  }

  /** The signature of the compiled network, so that the same code prepares pictures. */
  private static Signature signature(Network network) {
    Shape shape = network.graph().node(0).shape();
    int channels = shape.channels();
    View view =
        new View(0, channels, shape.height(), shape.width(), channels, shape.width() * channels);
    return new Signature(
        network.graph().name(),
        view,
        List.of(new Signature.Output("unused", view)),
        shape.size(),
        0,
        network.preprocess());
  }
}
