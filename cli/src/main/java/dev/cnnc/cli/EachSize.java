package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** What a command says of some sizes of a network: of one as ever, of several with a heading. */
record EachSize(List<Network> sizes, List<Integer> chosen) {

  String text(IntFunction<String> one) {
    return chosen.size() == 1
        ? one.apply(chosen.getFirst())
        : chosen.stream()
            .map(
                size ->
                    "input %s\n%s"
                        .formatted(sizes.get(size).graph().node(0).shape(), one.apply(size)))
            .collect(Collectors.joining("\n"));
  }

  /** A value of JSON, or a list of one for each size. */
  String json(IntFunction<String> one) {
    return chosen.size() == 1
        ? one.apply(chosen.getFirst())
        : chosen.stream()
            .map(size -> one.apply(size).strip())
            .collect(Collectors.joining(",\n", "[", "]\n"));
  }
}
