package dev.cnnc.cli;

import dev.cnnc.compiler.plan.Cost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** An inspection in the format of torchinfo: a table, then totals, then savings. */
final class InspectionText {
  private InspectionText() {}

  static String of(Inspection inspection) {
    StringBuilder out = new StringBuilder("network ").append(inspection.network());
    if (!inspection.description().isEmpty()) {
      out.append(": ").append(inspection.description());
    }
    out.append("\n\n").append(layers(inspection)).append('\n');
    Inspection.Run run = inspection.run();
    long macs = inspection.total().macs();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("parameters", Cells.count(inspection.total().parameters()));
    lines.put("MACs", Cells.count(macs) + rounded(macs));
    lines.put("all values kept", Cells.bytes(run.keptBytes()));
    lines.put(
        "arena peak",
        "%s (lower bound %s)"
            .formatted(Cells.bytes(run.arenaBytes()), Cells.count(run.arenaLowerBound())));
    lines.put("packed weights", Cells.bytes(run.weightBytes()));
    if (!run.again().isEmpty()) {
      lines.put("packed again", AgainText.of(run.again()));
    }
    lines.put("steps", Cells.count(run.steps()));
    lines.forEach((name, value) -> out.append("%-17s%s\n".formatted(name, value)));
    return out.append('\n').append(savings(inspection.savings())).toString();
  }

  private static TextTable layers(Inspection inspection) {
    List<List<String>> rows = new ArrayList<>();
    for (Inspection.Layer layer : inspection.layers()) {
      Cost cost = layer.cost();
      rows.add(
          List.of(
              layer.name(),
              layer.kind(),
              layer.shape().toString(),
              Cells.orDash(cost.parameters()),
              Cells.orDash(cost.macs())));
    }
    Cost total = inspection.total();
    return new TextTable(
        List.of("layer", "kind", "output shape", "parameters", "MACs"),
        3,
        rows,
        List.of("total", "", "", Cells.orDash(total.parameters()), Cells.orDash(total.macs())));
  }

  private static TextTable savings(List<Saving> savings) {
    List<List<String>> rows = new ArrayList<>();
    for (Saving saving : savings) {
      rows.add(
          List.of(
              saving.stage(),
              saving.changes().stream()
                  .map(InspectionText::change)
                  .collect(Collectors.joining(", ")),
              Cells.orDash(saving.parameters()),
              Cells.orDash(saving.macs()),
              Cells.orDash(saving.bytes())));
    }
    return new TextTable(
        List.of("saved by", "layers", "parameters", "MACs", "bytes"),
        2,
        rows,
        List.of(
            "total",
            "",
            total(savings, Saving::parameters),
            total(savings, Saving::macs),
            total(savings, Saving::bytes)));
  }

  /** {@code 19 of 20 bn} if layers were removed, {@code +4 slice} if layers were added. */
  private static String change(Saving.Change change) {
    return change.after() < change.before()
        ? "%s of %s %s"
            .formatted(
                Cells.count(change.before() - change.after()),
                Cells.count(change.before()),
                change.kind())
        : "+%s %s".formatted(Cells.count(change.after() - change.before()), change.kind());
  }

  private static String total(List<Saving> savings, ToLongFunction<Saving> part) {
    return Cells.orDash(savings.stream().mapToLong(part).sum());
  }

  /** A rounded number such as 40.6 M. */
  private static String rounded(long value) {
    if (value < 1_000_000) {
      return "";
    }
    return value < 1_000_000_000
        ? String.format(Locale.ROOT, " (%.1f M)", value / 1e6)
        : String.format(Locale.ROOT, " (%.2f G)", value / 1e9);
  }
}
