package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.NetworkSizes;
import dev.cnnc.runtime.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The inputs of a network at the size for them, which is that of the emitted class.
 *
 * @param size place of the size in the file
 * @param inputs in the order of the file; one if the network has several sizes
 */
record Given(int size, List<NetworkInput> inputs) {
  Given {
    inputs = List.copyOf(inputs);
  }

  /**
   * Reads or generates the inputs.
   *
   * @param texts as the user gave them
   * @param chosen the sizes that may be taken; made-up numbers are of the first
   */
  static Given of(List<String> texts, List<Network> sizes, List<Integer> chosen) {
    Network first = sizes.get(chosen.getFirst());
    if (chosen.size() > 1) {
      String name = first.inputs().getFirst().name();
      String text = Objects.requireNonNull(NetworkInput.told(texts, first).get(name));
      if (!NetworkInput.isSynthetic(text)) {
        return of(Path.of(text), sizes, chosen);
      }
    }
    return new Given(chosen.getFirst(), NetworkInput.of(texts, first));
  }

  /** Reads the only input of a network: an array by its shape, a picture as a class takes it. */
  static Given of(Path file, List<Network> sizes, List<Integer> chosen) {
    List<Network> open = chosen.stream().map(sizes::get).toList();
    if (NetworkInput.isArray(file)) {
      List<Shape> shapes = open.stream().map(each -> each.graph().node(0).shape()).toList();
      OptionalInt fitting = NpyFile.fitting(file, shapes);
      if (fitting.isEmpty() && open.size() > 1) {
        throw new Failure(
            "%s: its shape is none of the sizes of %s: %s"
                .formatted(file, open.getFirst().graph().name(), SizeOption.listed(open)));
      }
      int found = fitting.orElse(0);
      return new Given(chosen.get(found), List.of(NetworkInput.ofArray(file, open.get(found))));
    }
    Picture picture = NetworkInput.read(file);
    int found = NetworkSizes.sizeFor(open.stream().map(NetworkInput::signature).toList(), picture);
    return new Given(chosen.get(found), List.of(NetworkInput.of(file, picture, open.get(found))));
  }
}
