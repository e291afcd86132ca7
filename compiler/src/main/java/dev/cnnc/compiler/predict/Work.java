package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.compiler.plan.StepCost;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a step does, in amounts to whose sum, each times a factor of the machine, its time is
 * proportional.
 *
 * @param kind steps of one kind have the same factors
 * @param amounts by name
 */
public record Work(String kind, Map<String, Double> amounts) {
  /** What a run does before the first step and behind the last. */
  public static final String OUTSIDE = "input and output";

  /** The kind that knows nothing of a step but its numbers: for kinds that were not calibrated. */
  public static final String ANY = "any";

  public Work {
    amounts = Collections.unmodifiableMap(new LinkedHashMap<>(amounts));
  }

  /**
   * The work of all steps, in their order.
   *
   * @param lanes floats in a vector
   */
  public static List<Work> of(Plan plan, int lanes, ReadSpeed speed) {
    List<StepCost> costs = StepCost.of(plan);
    List<Reuse.Touch> touches = Reuse.of(plan, costs, speed);
    List<Work> work = new ArrayList<>();
    for (int index = 0; index < costs.size(); index++) {
      StepCost cost = costs.get(index);
      Step step = cost.step();
      Reuse.Touch touch = touches.get(index);
      Amounts amounts = new Amounts(lanes, speed, cost, touch);
      String kind = KernelWork.add(step, amounts);
      work.add(new Work(kind, amounts.all()));
    }
    return work;
  }

  /** What a run of the plan does beside its steps. */
  public static Work outside(Plan plan) {
    Graph graph = plan.network().graph();
    Map<String, Double> amounts = new LinkedHashMap<>();
    amounts.put("step", 1.0);
    amounts.put("in", sum(graph.inputs()));
    amounts.put("out", sum(List.of(graph.node(graph.outputs().getFirst().node()))));
    return new Work(OUTSIDE, amounts);
  }

  private static double sum(List<Node> nodes) {
    return nodes.stream().mapToDouble(node -> node.shape().size()).sum();
  }

  /** The same step, of which only what every kind has is known. */
  public Work general() {
    Map<String, Double> few = new LinkedHashMap<>();
    for (String name : Amounts.GENERAL) {
      few.put(name, amounts.getOrDefault(name, 0.0));
    }
    return new Work(ANY, few);
  }
}
