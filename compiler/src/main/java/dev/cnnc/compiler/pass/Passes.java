package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.GraphVerifier;
import dev.cnnc.compiler.ir.Network;
import java.util.ArrayList;
import java.util.List;

/** Lists the passes in their order and runs them. The graph is verified after each pass. */
public final class Passes {

  private Passes() {}

  /** All passes; each line says why it has its place. */
  public static List<Pass> all() {
    return List.of(
        new RemoveNothings(), // first: a dropout between two layers would hide them from each other
        new LearnedScale(), // before the fold, which takes scales as it takes batch norms
        new FoldBatchNorm(), // before the epilogues: a sum can only be scaled while it is bare
        new FoldScaleForward(), // behind it: a scale is better folded into the conv before it
        new FuseResidual(), // before the activation: an epilogue adds first
        new FuseActivation(), // it closes the epilogue
        new FoldBottleneck()); // last: only convs that end alike can be one
  }

  /**
   * The result of one pass.
   *
   * @param graph the graph after the pass
   * @param refusals the matches that it declined
   */
  public record Step(Pass pass, Graph graph, List<Refusals.Refusal> refusals) {}

  /** All passes, one after the other; the last step has the final graph. */
  public static List<Step> run(Graph graph) {
    return run(all(), graph);
  }

  /** The network with the graph that all passes leave: what is planned. */
  public static Network improved(Network written) {
    return written.with(run(written.graph()).getLast().graph());
  }

  /**
   * The graph for another engine: without idle layers and with folded batch norms. Everything else
   * is left to that engine, which looks for patterns of separate layers.
   */
  public static Graph portable(Graph graph) {
    return run(List.of(new RemoveNothings(), new FoldBatchNorm()), graph).getLast().graph();
  }

  static List<Step> run(List<Pass> passes, Graph graph) {
    List<Step> steps = new ArrayList<>();
    Graph latest = graph;
    for (Pass pass : passes) {
      Refusals refusals = new Refusals();
      latest = GraphVerifier.verify(pass.apply(latest, refusals));
      steps.add(new Step(pass, latest, refusals.all()));
    }
    return List.copyOf(steps);
  }
}
