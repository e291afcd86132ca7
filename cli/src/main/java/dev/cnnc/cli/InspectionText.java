package dev.cnnc.cli;

import dev.cnnc.compiler.plan.Cost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An inspection as torchinfo's users expect it: a table, then totals. */
final class InspectionText {
  private static final List<String> HEAD =
      List.of("layer", "kind", "output shape", "parameters", "MACs");

  /** Names and shapes begin at the left, numbers end at the right. */
  private static final int FIRST_NUMBER = 3;

  private static final String GAP = "  ";

  private InspectionText() {}

  static String of(Inspection inspection) {
    StringBuilder out = new StringBuilder("network ").append(inspection.network());
    if (!inspection.description().isEmpty()) {
      out.append(": ").append(inspection.description());
    }
    out.append("\n\n");
    table(inspection, out);
    Inspection.Run run = inspection.run();
    Inspection.Fusions fusions = inspection.fusions();
    long macs = inspection.total().macs();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("parameters", "%,d".formatted(inspection.total().parameters()));
    lines.put("MACs", "%,d%s".formatted(macs, rounded(macs)));
    lines.put(
        "arena peak",
        "%,d bytes (lower bound %,d)".formatted(run.arenaBytes(), run.arenaLowerBound()));
    lines.put("packed weights", "%,d bytes".formatted(run.weightBytes()));
    lines.put("steps", "%,d".formatted(run.steps()));
    lines.put("batch norms folded", "%,d of %,d".formatted(fusions.folded(), fusions.batchNorms()));
    lines.put("residuals fused", "%,d".formatted(fusions.residuals()));
    lines.put("activations fused", "%,d".formatted(fusions.activations()));
    lines.put("convs joined", "%,d".formatted(fusions.joined()));
    lines.put("layers removed", "%,d".formatted(fusions.removed()));
    lines.forEach((name, value) -> out.append("%-20s%s\n".formatted(name, value)));
    return out.toString();
  }

  private static void table(Inspection inspection, StringBuilder out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    for (Inspection.Layer layer : inspection.layers()) {
      Cost cost = layer.cost();
      rows.add(
          List.of(
              layer.name(),
              layer.kind(),
              layer.shape().toString(),
              number(cost.parameters()),
              number(cost.macs())));
    }
    Cost total = inspection.total();
    rows.add(List.of("total", "", "", number(total.parameters()), number(total.macs())));
    int[] widths =
        IntStream.range(0, HEAD.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    String rule = "-".repeat(IntStream.of(widths).sum() + GAP.length() * (HEAD.size() - 1));
    for (int index = 0; index < rows.size(); index++) {
      if (index == 1 || index == rows.size() - 1) {
        out.append(rule).append('\n');
      }
      row(rows.get(index), widths, out);
    }
    out.append('\n');
  }

  private static void row(List<String> cells, int[] widths, StringBuilder out) {
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String space = " ".repeat(widths[column] - cell.length());
      out.append(column == 0 ? "" : GAP)
          .append(column < FIRST_NUMBER ? cell + space : space + cell);
    }
    out.append('\n');
  }

  /** A dash where there is nothing, so that numbers stand out. */
  private static String number(long value) {
    return value == 0 ? "-" : "%,d".formatted(value);
  }

  /** As people say it: 40.6 M. */
  private static String rounded(long value) {
    if (value < 1_000_000) {
      return "";
    }
    return value < 1_000_000_000
        ? " (%.1f M)".formatted(value / 1e6)
        : " (%.2f G)".formatted(value / 1e9);
  }
}
