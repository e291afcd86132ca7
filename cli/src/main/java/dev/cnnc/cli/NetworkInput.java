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

/** What a network looks at, in the order channels, rows, columns. */
final class NetworkInput {
  private NetworkInput() {}

  /**
   * Reads or makes it.
   *
   * @param text {@code synthetic}, or the name of a file; a file called so is ./synthetic
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

  /** As a compiled network would have it, so that pictures are prepared by the same code. */
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
