package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The savings of one stage of the compiler: the difference between the graphs before and after it,
 * so that passes need not count.
 *
 * @param stage the pass, or {@link #IN_PLACE} for the plan
 * @param changes the kinds of layers whose number changed
 * @param parameters saved parameters, as {@link Cost} counts them; negative if there are more
 * @param macs saved multiply-accumulates
 * @param bytes of values that are not written any more
 */
record Saving(String stage, List<Change> changes, long parameters, long macs, long bytes) {

  /**
   * Concats and slices that only compute an address, and scales and gates that a conv applies while
   * it reads.
   */
  static final String IN_PLACE = "in place";

  /** The numbers of layers of one kind. */
  record Change(String kind, long before, long after) {}

  Saving {
    changes = List.copyOf(changes);
  }

  /** The savings of each pass in order, then of the plan. */
  static List<Saving> of(Graph written, List<Passes.Step> steps, Plan plan) {
    List<Saving> savings = new ArrayList<>();
    Graph before = written;
    for (Passes.Step step : steps) {
      savings.add(between(step.pass().name(), before, step.graph()));
      before = step.graph();
    }
    savings.add(inPlace(plan));
    return List.copyOf(savings);
  }

  private static Saving between(String stage, Graph before, Graph after) {
    Cost more = Cost.of(before);
    Cost less = Cost.of(after);
    return new Saving(
        stage,
        changes(kinds(before.nodes()), kinds(after.nodes())),
        more.parameters() - less.parameters(),
        more.macs() - less.macs(),
        (before.elements() - after.elements()) * Float.BYTES);
  }

  private static Saving inPlace(Plan plan) {
    Map<Integer, Long> copied =
        plan.steps().stream()
            .filter(step -> !step.reads().isEmpty())
            .collect(
                Collectors.groupingBy(
                    step -> step.node().id(), Collectors.summingLong(Saving::copied)));
    List<Node> joints =
        plan.network().graph().nodes().stream()
            .filter(
                node ->
                    node.op() instanceof Op.Concat
                        || node.op() instanceof Op.Slice
                        || node.op() instanceof Op.Scale
                        || (node.op() instanceof Op.Multiply && !copied.containsKey(node.id())))
            .toList();
    return new Saving(
        IN_PLACE,
        changes(
            kinds(joints),
            kinds(joints.stream().filter(node -> copied.containsKey(node.id())).toList())),
        0,
        0,
        joints.stream()
                .mapToLong(node -> node.shape().size() - copied.getOrDefault(node.id(), 0L))
                .sum()
            * Float.BYTES);
  }

  private static long copied(Step step) {
    return step.reads().getFirst().size();
  }

  private static Map<String, Long> kinds(List<Node> nodes) {
    return nodes.stream()
        .collect(Collectors.groupingBy(node -> node.op().word(), Collectors.counting()));
  }

  private static List<Change> changes(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> kinds = new TreeMap<>(before);
    after.keySet().forEach(kind -> kinds.putIfAbsent(kind, 0L));
    return kinds.entrySet().stream()
        .map(
            kind ->
                new Change(kind.getKey(), kind.getValue(), after.getOrDefault(kind.getKey(), 0L)))
        .filter(change -> change.before() != change.after())
        .toList();
  }
}
