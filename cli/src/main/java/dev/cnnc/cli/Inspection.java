package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.PackedAgain;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers and costs of a network, without reading weights.
 *
 * @param layers as written, in their order
 * @param total sum of the layers
 * @param run costs after the passes
 * @param savings of each pass and of the plan
 */
record Inspection(
    String network,
    String description,
    List<Layer> layers,
    Cost total,
    Run run,
    List<Saving> savings) {

  /** One line of the table. */
  record Layer(String name, String kind, Shape shape, Cost cost) {}

  /**
   * The costs of the emitted class.
   *
   * @param keptBytes bytes of all activations if each were kept, without halos
   * @param arenaBytes bytes of the arena for activations, with halos
   * @param arenaLowerBound bytes that are alive at once, a lower bound of every arena
   * @param weightBytes bytes of the packed weights
   * @param again those that are packed for this size alone
   */
  record Run(
      int steps,
      long keptBytes,
      long arenaBytes,
      long arenaLowerBound,
      long weightBytes,
      List<PackedAgain> again) {
    Run {
      again = List.copyOf(again);
    }
  }

  /** Of every size, each with its plan beside the others. */
  static List<Inspection> of(List<Network> sizes) {
    List<List<Passes.Step>> steps = sizes.stream().map(each -> Passes.run(each.graph())).toList();
    List<Network> improved = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      improved.add(sizes.get(i).with(steps.get(i).getLast().graph()));
    }
    List<Plan> plans = Planner.plans(improved);
    List<Inspection> all = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      all.add(of(sizes.get(i), steps.get(i), plans.get(i), PackedAgain.of(plans, i)));
    }
    return all;
  }

  private static Inspection of(
      Network written, List<Passes.Step> steps, Plan plan, List<PackedAgain> again) {
    Graph graph = written.graph();
    Network improved = plan.network();
    return new Inspection(
        graph.name(),
        written.description(),
        graph.nodes().stream().map(node -> layer(graph, node)).toList(),
        Cost.of(graph),
        new Run(
            plan.steps().size(),
            bytes(improved.graph().elements()),
            bytes(plan.arena()),
            bytes(Planner.arenaLowerBound(improved)),
            bytes(plan.weights()),
            again),
        Saving.of(graph, steps, plan));
  }

  private static Layer layer(Graph graph, Node node) {
    return new Layer(node.name(), node.op().word(), node.shape(), Cost.of(graph, node));
  }

  private static long bytes(long floats) {
    return floats * Float.BYTES;
  }
}
