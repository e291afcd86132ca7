package dev.cnnc.cli;

import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.load.ClassSize;
import dev.cnnc.compiler.plan.StepCost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The cost of a network as a table of its steps, then totals. */
final class CostText {
  private static final List<String> HEAD =
      List.of(
          "layer", "kernel", "output", "MACs", "multiplied", "weights", "read", "written", "alive");

  /** Columns before this one are left-aligned: names and shapes. */
  private static final int FIRST_NUMBER = 3;

  private CostText() {}

  static String of(NetworkCost cost, ClassSize code) {
    StringBuilder out = new StringBuilder("network " + cost.network() + "\n\n");
    out.append(steps(cost)).append('\n');
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("parameters", Cells.count(cost.parameters()));
    lines.put("MACs as written", Cells.count(cost.macs()));
    lines.put("multiplications", Cells.count(cost.multiplications()));
    lines.put("steps", Cells.count(cost.steps().size()));
    lines.put("weights file", Cells.bytes(cost.weightsFile()));
    lines.put("packed weights", Cells.bytes(cost.packedWeights()));
    lines.put(
        "activations",
        "%s read, %s written".formatted(Cells.bytes(cost.read()), Cells.count(cost.written())));
    lines.put(
        "arena",
        "%s (lower bound %s)"
            .formatted(Cells.bytes(cost.arena()), Cells.count(cost.arenaLowerBound())));
    lines.put("scratch", Cells.bytes(cost.scratch()) + " a thread");
    lines.put(
        "memory",
        "%s for one instance, %s for each further thread"
            .formatted(Cells.bytes(cost.memory()), Cells.count(cost.memoryOfThread())));
    lines.put(
        "class", "%s in %s files".formatted(Cells.bytes(code.bytes()), Cells.count(code.files())));
    lines.put(
        "largest method",
        "%s of bytecode, %s".formatted(Cells.bytes(code.largestBytecode()), code.largestMethod()));
    lines.forEach((name, value) -> out.append("%-16s  %s\n".formatted(name, value)));
    return out.toString();
  }

  private static TextTable steps(NetworkCost cost) {
    List<List<String>> rows = cost.steps().stream().map(CostText::row).toList();
    return new TextTable(
        HEAD,
        FIRST_NUMBER,
        rows,
        List.of(
            "total",
            "",
            "",
            Cells.orDash(sum(cost, StepCost::macs)),
            Cells.orDash(cost.multiplications()),
            Cells.orDash(sum(cost, StepCost::weights) * Float.BYTES),
            Cells.orDash(cost.read()),
            Cells.orDash(cost.written()),
            ""));
  }

  private static List<String> row(StepCost cost) {
    return List.of(
        cost.step().node().name(),
        cost.step().kernel().getClass().getSimpleName(),
        cost.step().node().shape().toString(),
        Cells.orDash(cost.macs()),
        Cells.orDash(cost.multiplications()),
        Cells.orDash(cost.weights() * Float.BYTES),
        Cells.orDash(cost.read() * Float.BYTES),
        Cells.orDash(cost.written() * Float.BYTES),
        Cells.orDash(cost.alive() * Float.BYTES));
  }

  private static long sum(NetworkCost cost, ToLongFunction<StepCost> part) {
    return cost.steps().stream().mapToLong(part).sum();
  }
}
