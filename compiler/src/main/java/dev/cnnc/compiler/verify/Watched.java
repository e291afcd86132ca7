package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.compiler.plan.Step.Purpose;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value that the emitted class writes and the file has too.
 *
 * <p>Nobody can watch what the class never writes: what a conv does to its input while it reads it,
 * or joins and slices that are addresses. Those are seen in what is made of them.
 *
 * @param name of the layer of the class
 * @param written the layer of the file that gives the value: the last that the class's layer does
 * @param step behind which the value is complete
 */
public record Watched(String name, Node written, View view, int step) {

  /** All that a class writes, in the order in which it runs. */
  public static List<Watched> of(Graph written, Plan plan) {
    Map<String, Node> byName = new HashMap<>();
    written.nodes().forEach(node -> byName.put(node.name(), node));
    Map<Integer, Integer> lastSteps = new LinkedHashMap<>();
    for (int index = 0; index < plan.steps().size(); index++) {
      Step step = plan.steps().get(index);
      // A halo may be cleared for a join long before its parts are there.
      if (step.purpose() != Purpose.HALO) {
        lastSteps.put(step.node().id(), index);
      }
    }
    Graph planned = plan.network().graph();
    List<Watched> all = new ArrayList<>();
    lastSteps.forEach(
        (id, step) -> {
          Node node = planned.node(id);
          Optional<Node> same = same(node, byName);
          if (same.isPresent()) {
            all.add(new Watched(node.name(), same.get(), plan.views().get(id), step));
          } else {
            all.addAll(parts(node, plan, step, byName));
          }
        });
    return all;
  }

  /** Several convs that became one are the slices of it. */
  private static List<Watched> parts(Node joined, Plan plan, int step, Map<String, Node> byName) {
    List<Watched> parts = new ArrayList<>();
    for (Node node : plan.network().graph().nodes()) {
      if (node.op() instanceof Op.Slice && node.inputs().contains(joined.id())) {
        same(node, byName)
            .map(same -> new Watched(node.name(), same, plan.views().get(node.id()), step))
            .ifPresent(parts::add);
      }
    }
    return parts;
  }

  /** The layer of the file that has the same value. */
  private static Optional<Node> same(Node planned, Map<String, Node> byName) {
    List<String> taken = planned.origin().taken();
    return Optional.ofNullable(byName.get(taken.isEmpty() ? planned.name() : taken.getLast()))
        .filter(node -> node.shape().size() == planned.shape().size());
  }
}
