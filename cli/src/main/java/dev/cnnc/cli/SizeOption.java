package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** {@code --size}, for the commands that look at one size of a network. */
final class SizeOption {
  @Option(
      names = "--size",
      paramLabel = "ROWSxCOLUMNS",
      description = "Only this size of a network whose input has several: --size 48x320.")
  private Optional<String> size = Optional.empty();

  /** The sizes to look at, by their place in the file: the given one, or all. */
  List<Integer> chosen(List<Network> sizes) {
    List<Integer> all = IntStream.range(0, sizes.size()).boxed().toList();
    if (size.isEmpty()) {
      return all;
    }
    List<Integer> found =
        all.stream().filter(each -> written(sizes.get(each)).equals(size.get())).toList();
    if (found.isEmpty()) {
      throw new Failure(
          "%s has no size %s: it has %s"
              .formatted(sizes.getFirst().graph().name(), size.get(), listed(sizes)));
    }
    return found;
  }

  /** A size, as the option takes it. */
  static String written(Network network) {
    Shape shape = network.graph().node(0).shape();
    return shape.height() + "x" + shape.width();
  }

  /** All sizes, as the option takes them. */
  static String listed(List<Network> sizes) {
    return sizes.stream().map(SizeOption::written).collect(Collectors.joining(", "));
  }
}
