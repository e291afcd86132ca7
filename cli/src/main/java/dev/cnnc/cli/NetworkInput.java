package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.PictureReader;
import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Prepared;
import dev.cnnc.runtime.Preprocessor;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An input of a network.
 *
 * @param values in the order channels, rows, columns
 * @param placement where the picture lies in it; the whole input if there is no picture
 * @param picture what the values were made of
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is enough: inputs are large.
record NetworkInput(float[] values, Placement placement, Optional<Picture> picture) {
  private static final String SYNTHETIC = "synthetic";

  /**
   * Reads or generates the inputs, in the order of the file.
   *
   * @param texts {@code synthetic}, or the name of a file, with {@code NAME=} before it where a
   *     network has several inputs; write ./synthetic for a file with that name
   */
  static List<NetworkInput> of(List<String> texts, Network network) {
    Map<String, String> told = told(texts, network);
    List<float[]> made = SyntheticInputs.of(network.graph());
    List<NetworkInput> inputs = new ArrayList<>();
    for (Node node : network.graph().inputs()) {
      String text = told.get(network.inputs().get(node.id()).name());
      if (text == null) {
        throw new Failure(
            "input %s is missing: say --input %1$s=FILE, or --input synthetic for all that are not"
                    .formatted(network.inputs().get(node.id()).name())
                + " named");
      }
      inputs.add(
          text.equals(SYNTHETIC)
              ? plain(made.get(node.id()), node.shape())
              : read(Path.of(text), network, node));
    }
    return inputs;
  }

  /** Reads the only input of a network. */
  static NetworkInput ofArray(Path file, Network network) {
    Shape shape = network.graph().node(0).shape();
    return plain(NpyFile.read(file, shape), shape);
  }

  /** The picture is prepared for the only input of a network. */
  static NetworkInput of(Path file, Picture picture, Network network) {
    return picture(file, picture, network, 0);
  }

  /** What the user said for each input. */
  static Map<String, String> told(List<String> texts, Network network) {
    List<String> names = network.inputs().stream().map(Network.Input::name).toList();
    Map<String, String> told = new HashMap<>();
    for (String text : texts) {
      Optional<String> name = names.stream().filter(it -> text.startsWith(it + "=")).findFirst();
      if (name.isPresent()) {
        tell(told, name.get(), text.substring(name.get().length() + 1));
      } else if (names.size() == 1) {
        tell(told, names.getFirst(), text);
      } else if (!text.equals(SYNTHETIC)) {
        throw new Failure(
            "for which input is %s? The inputs are %s: say --input %s=%s"
                .formatted(
                    text,
                    String.join(", ", names),
                    names.getFirst(),
                    text.substring(text.indexOf('=') + 1)));
      }
    }
    if (texts.contains(SYNTHETIC)) {
      names.forEach(name -> told.putIfAbsent(name, SYNTHETIC));
    }
    return told;
  }

  private static void tell(Map<String, String> told, String name, String text) {
    String before = told.putIfAbsent(name, text);
    if (before != null) {
      throw new Failure("input %s is given twice: %s and %s".formatted(name, before, text));
    }
  }

  /** Whether a user wants made-up numbers. */
  static boolean isSynthetic(String text) {
    return text.equals(SYNTHETIC) || text.endsWith("=" + SYNTHETIC);
  }

  /** Whether a file is an array, not a picture. */
  static boolean isArray(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
  }

  private static NetworkInput read(Path file, Network network, Node input) {
    return isArray(file)
        ? plain(NpyFile.read(file, input.shape()), input.shape())
        : picture(file, read(file), network, input.id());
  }

  private static NetworkInput plain(float[] values, Shape shape) {
    return new NetworkInput(
        values, new Placement(1, 1, 0, 0, shape.width(), shape.height()), Optional.empty());
  }

  private static NetworkInput picture(Path file, Picture picture, Network network, int input) {
    try {
      Signature signature = signature(network);
      Prepared prepared =
          new Preprocessor(signature, signature.inputs().get(input).name()).prepare(picture);
      return new NetworkInput(prepared.values(), prepared.placement(), Optional.of(picture));
    } catch (IllegalArgumentException unfit) {
      throw new Failure(file + " does not fit: " + unfit.getMessage());
    }
  }

  static Picture read(Path file) {
    try {
      return PictureReader.read(file);
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
  }

  /** The signature of the compiled network, so that the same code prepares pictures. */
  static Signature signature(Network network) {
    List<Signature.Input> inputs = new ArrayList<>();
    for (Node node : network.graph().inputs()) {
      Network.Input input = network.inputs().get(node.id());
      inputs.add(new Signature.Input(input.name(), view(node.shape()), input.preprocess()));
    }
    List<Signature.Output> outputs =
        network.graph().outputs().stream()
            .map(
                output ->
                    new Signature.Output(
                        output.name(), view(network.graph().node(output.node()).shape())))
            .toList();
    return new Signature(network.graph().name(), inputs, outputs, 0, 0);
  }

  private static View view(Shape shape) {
    int channels = shape.channels();
    return new View(0, channels, shape.height(), shape.width(), channels, shape.width() * channels);
  }
}
