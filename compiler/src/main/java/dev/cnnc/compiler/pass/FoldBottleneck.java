package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Graph;

/**
 * Joins linear 1x1 convs in a row into one, and parallel 1x1 convs into a wider one. Repeats both
 * until nothing changes, because each can enable the other.
 */
record FoldBottleneck() implements Pass {

  @Override
  public String reason() {
    return "two matrices are one, in a row or side by side";
  }

  @Override
  public Graph apply(Graph graph, Refusals refusals) {
    Graph latest = graph;
    for (Graph next = once(latest, new Refusals());
        !next.equals(latest);
        next = once(latest, new Refusals())) {
      latest = next;
    }
    return once(latest, refusals);
  }

  private static Graph once(Graph graph, Refusals refusals) {
    return ParallelConvs.join(LinearChains.fold(graph, refusals), refusals);
  }
}
