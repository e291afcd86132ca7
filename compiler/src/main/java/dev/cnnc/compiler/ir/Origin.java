package dev.cnnc.compiler.ir;

import dev.cnnc.dsl.Span;
import java.util.List;

/**
 * Where a node comes from.
 *
 * @param span the layer's characters
 * @param trail the chain of block calls around it, innermost first, as diagnostics print it
 */
public record Origin(Span span, List<String> trail) {

  public Origin {
    trail = List.copyOf(trail);
  }
}
