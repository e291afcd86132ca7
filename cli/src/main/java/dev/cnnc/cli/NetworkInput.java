package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.PictureReader;
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

/** The inputs of a network, each in the order channels, rows, columns. */
final class NetworkInput {
  private static final String SYNTHETIC = "synthetic";

  private NetworkInput() {}

  /**
   * Reads or generates the inputs, in the order of the file.
   *
   * @param texts {@code synthetic}, or the name of a file, with {@code NAME=} before it where a
   *     network has several inputs; write ./synthetic for a file with that name
   */
  static List<float[]> of(List<String> texts, Network network) {
    Map<String, String> told = told(texts, network);
    List<float[]> made = SyntheticInputs.of(network.graph());
    List<float[]> inputs = new ArrayList<>();
    for (Node node : network.graph().inputs()) {
      String text = told.get(network.inputs().get(node.id()).name());
      if (text == null) {
        throw new Failure(
            "input %s is missing: say --input %1$s=FILE, or --input synthetic for all that are not"
                    .formatted(network.inputs().get(node.id()).name())
                + " named");
      }
      inputs.add(text.equals(SYNTHETIC) ? made.get(node.id()) : read(text, network, node));
    }
    return inputs;
  }

  /** What the user said for each input. */
  private static Map<String, String> told(List<String> texts, Network network) {
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

  private static float[] read(String text, Network network, Node input) {
    Path file = Path.of(text);
    return text.toLowerCase(Locale.ROOT).endsWith(".npy")
        ? NpyFile.read(file, input.shape())
        : picture(file, network, input.id());
  }

  private static float[] picture(Path file, Network network, int input) {
    Picture picture = read(file);
    try {
      Signature signature = signature(network);
      return new Preprocessor(signature, signature.inputs().get(input).name()).input(picture);
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
    List<Signature.Input> inputs = new ArrayList<>();
    for (Node node : network.graph().inputs()) {
      Network.Input input = network.inputs().get(node.id());
      inputs.add(new Signature.Input(input.name(), view(node.shape()), input.preprocess()));
    }
    Signature.Output unused = new Signature.Output("unused", inputs.getFirst().view());
    return new Signature(network.graph().name(), inputs, List.of(unused), 0, 0);
  }

  private static View view(Shape shape) {
    int channels = shape.channels();
    return new View(0, channels, shape.height(), shape.width(), channels, shape.width() * channels);
  }
}
