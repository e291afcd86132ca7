package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Graph;

/** An improvement of a graph. Outputs keep their names, shapes and, except for rounding, values. */
public interface Pass {

  /** The name for {@code --dump-after} and {@code --explain}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** The purpose of the pass, as a sentence without a full stop. */
  String reason();

  /** The improved graph. Every declined match is added to {@code refusals}. */
  Graph apply(Graph graph, Refusals refusals);
}
