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
 * <p>A value that the class never writes cannot be watched: a prologue, or a concat or slice that
 * is only an address. It is checked through its readers.
 *
 * @param name name of the layer of the class
 * @param written the layer of the file with this value, the last one that the class's layer
 *     computes
 * @param step the step after which the value is complete
 */
public record Watched(String name, Node written, View view, int step) {

  /** All values that a class writes, in the order of computation. */
  public static List<Watched> of(Graph written, Plan plan) {
    Map<String, Node> byName = new HashMap<>();
    written.nodes().forEach(node -> byName.put(node.name(), node));
    Map<Integer, Integer> lastSteps = new LinkedHashMap<>();
    for (int index = 0; index < plan.steps().size(); index++) {
      Step step = plan.steps().get(index);
      // The halo of a join may be cleared long before its parts are written.
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

  /** Parallel convs that a pass joined are slices of the joined conv. */
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

  /** The layer of the file with the same value. */
  private static Optional<Node> same(Node planned, Map<String, Node> byName) {
    List<String> taken = planned.origin().taken();
    return Optional.ofNullable(byName.get(taken.isEmpty() ? planned.name() : taken.getLast()))
        .filter(node -> node.shape().size() == planned.shape().size());
  }
}
