package dev.cnnc.cli;

import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.load.ClassSize;
import dev.cnnc.compiler.plan.PackedAgain;
import dev.cnnc.compiler.plan.StepCost;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The cost of a network as a table of its steps, then totals. */
final class CostText {
  private static final List<String> HEAD =
      List.of(
          "layer", "kernel", "output", "MACs", "multiplied", "weights", "read", "written", "alive");

  /** Columns before this one are left-aligned: names and shapes. */
  private static final int FIRST_NUMBER = 3;

  private CostText() {}

  static String of(
      NetworkCost cost, ClassSize code, List<PackedAgain> again, Optional<Predicted> predicted) {
    StringBuilder out = new StringBuilder("network " + cost.network() + "\n\n");
    out.append(steps(cost, predicted)).append('\n');
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("parameters", Cells.count(cost.parameters()));
    lines.put("MACs as written", Cells.count(cost.macs()));
    lines.put("multiplications", Cells.count(cost.multiplications()));
    lines.put("steps", Cells.count(cost.steps().size()));
    lines.put("weights file", Cells.bytes(cost.weightsFile()));
    lines.put("packed weights", Cells.bytes(cost.packedWeights()));
    if (!again.isEmpty()) {
      lines.put("packed again", AgainText.of(again));
    }
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
    predicted.ifPresent(time -> predicted(time, lines));
    lines.forEach((name, value) -> out.append("%-16s  %s\n".formatted(name, value)));
    return out.toString();
  }

  private static void predicted(Predicted predicted, Map<String, String> lines) {
    Prediction run = predicted.prediction();
    MachineProfile profile = predicted.profile();
    lines.put(
        "predicted time",
        "%s, of which %s for input and output"
            .formatted(
                number("%,.3f ms", run.nanoseconds() / 1e6),
                number("%,.3f", run.inputAndOutput() / 1e6)));
    lines.put(
        "predicted for",
        "%s, Java %s, vectors of %s floats, %s"
            .formatted(
                profile.host().cpu(),
                profile.host().java(),
                profile.host().lanes(),
                predicted.threads() == 1 ? "1 thread" : predicted.threads() + " threads"));
    lines.put(
        "calibrated",
        "%s, mean error of a step %s"
            .formatted(profile.host().date(), number("%.1f %%", 100 * profile.error())));
    if (run.guessed() > 0) {
      lines.put(
          "not calibrated",
          number("%.1f %% of the time, in steps with ?", 100 * run.guessed() / run.nanoseconds()));
    }
  }

  private static TextTable steps(NetworkCost cost, Optional<Predicted> predicted) {
    List<String> head = new ArrayList<>(HEAD);
    List<List<String>> rows =
        new ArrayList<>(cost.steps().stream().map(CostText::row).map(ArrayList::new).toList());
    List<String> total = new ArrayList<>(total(cost));
    predicted.ifPresent(
        time -> {
          head.add("microseconds");
          for (int index = 0; index < rows.size(); index++) {
            Prediction.Part part = time.prediction().steps().get(index);
            rows.get(index).add((part.known() ? "" : "? ") + microseconds(part.nanoseconds()));
          }
          total.add(microseconds(time.prediction().nanoseconds()));
        });
    return new TextTable(head, FIRST_NUMBER, rows, total);
  }

  private static String microseconds(double nanoseconds) {
    return number("%,.1f", nanoseconds / 1e3);
  }

  /** The same in every locale. */
  private static String number(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  private static List<String> total(NetworkCost cost) {
    return List.of(
        "total",
        "",
        "",
        Cells.orDash(sum(cost, StepCost::macs)),
        Cells.orDash(cost.multiplications()),
        Cells.orDash(sum(cost, StepCost::weights) * Float.BYTES),
        Cells.orDash(cost.read()),
        Cells.orDash(cost.written()),
        "");
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
