package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Graph;

/**
 * Linear 1x1 convs in a row become one, and 1x1 convs side by side become one wider: again until
 * nothing changes, since each makes work for the other.
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
