package dev.cnnc.cli;

import dev.cnnc.compiler.emit.OpText;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a network is and costs, with no weights read.
 *
 * @param layers as written, in their order
 * @param total of the layers
 * @param run what is left to do after the passes
 */
record Inspection(
    String network, String description, List<Layer> layers, Cost total, Run run, Fusions fusions) {

  /** One line of the table. */
  record Layer(String name, String kind, Shape shape, Cost cost) {}

  /**
   * The emitted class as it runs.
   *
   * @param arenaBytes of all activations, halos included
   * @param arenaLowerBound of any arena: what is alive at once
   * @param weightBytes of the packed array
   */
  record Run(int steps, long arenaBytes, long arenaLowerBound, long weightBytes) {}

  /**
   * What the passes made of the layers.
   *
   * @param batchNorms as written
   * @param folded batch norms that became part of a conv or fc
   * @param residuals sums that a conv or fc does by itself
   * @param activations the same for activations
   * @param joined convs that became part of another
   * @param removed layers that do nothing
   */
  record Fusions(
      long batchNorms, long folded, long residuals, long activations, long joined, long removed) {}

  static Inspection of(Network written) {
    Graph graph = written.graph();
    List<Passes.Step> steps = Passes.run(graph);
    Network improved = written.with(steps.getLast().graph());
    Plan plan = Planner.plan(improved);
    return new Inspection(
        graph.name(),
        written.description(),
        graph.nodes().stream().map(node -> layer(graph, node)).toList(),
        Cost.of(graph),
        new Run(
            plan.steps().size(),
            bytes(plan.arena()),
            bytes(Planner.arenaLowerBound(improved)),
            bytes(plan.weights())),
        fusions(graph, steps));
  }

  private static Layer layer(Graph graph, Node node) {
    return new Layer(node.name(), OpText.kind(node.op()), node.shape(), Cost.of(graph, node));
  }

  private static long bytes(long floats) {
    return floats * Float.BYTES;
  }

  private static Fusions fusions(Graph written, List<Passes.Step> steps) {
    Graph last = steps.getLast().graph();
    long batchNorms = count(written, Op.BatchNorm.class::isInstance);
    long left = count(last, Op.BatchNorm.class::isInstance);
    long scales = count(last, Op.Scale.class::isInstance);
    long scalesBefore = count(written, Op.Scale.class::isInstance);
    return new Fusions(
        batchNorms,
        batchNorms - left - (scales - scalesBefore),
        count(written, Op.Add.class::isInstance) - count(last, Op.Add.class::isInstance),
        count(written, Op.Activate.class::isInstance) - count(last, Op.Activate.class::isInstance),
        count(written, Op.Conv.class::isInstance) - count(last, Op.Conv.class::isInstance),
        written.nodes().size() - (long) steps.getFirst().graph().nodes().size());
  }

  private static long count(Graph graph, Predicate<Op> wanted) {
    return graph.nodes().stream().map(Node::op).filter(wanted).count();
  }
}
