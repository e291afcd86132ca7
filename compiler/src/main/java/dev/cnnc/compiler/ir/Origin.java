package dev.cnnc.compiler.ir;

import dev.cnnc.dsl.Span;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a node comes from.
 *
 * @param span the layer's characters
 * @param trail the chain of block calls around it, innermost first, as diagnostics print it
 * @param taken names of the layers behind it whose work it does too; its value is the last one's
 */
public record Origin(Span span, List<String> trail, List<String> taken) {

  public Origin {
    trail = List.copyOf(trail);
    taken = List.copyOf(taken);
  }

  /** Of a layer that does its own work alone. */
  public Origin(Span span, List<String> trail) {
    this(span, trail, List.of());
  }

  /** The same when it takes over what {@code node}, behind it, did. */
  public Origin taking(Node node) {
    return new Origin(
        span,
        trail,
        Stream.of(taken, List.of(node.name()), node.origin().taken())
            .flatMap(List::stream)
            .toList());
  }
}
