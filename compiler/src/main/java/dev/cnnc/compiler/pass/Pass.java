package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Graph;

/**
 * One improvement of a graph: the outputs keep their names, shapes and, but for rounding, values.
 */
public interface Pass {

  /** As {@code --dump-after} and {@code --explain} call it. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** What it is good for, as a sentence without full stop. */
  String reason();

  /** The better graph; every match that is declined goes to {@code refusals}. */
  Graph apply(Graph graph, Refusals refusals);
}
