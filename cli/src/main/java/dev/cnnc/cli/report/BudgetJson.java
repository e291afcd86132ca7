package dev.cnnc.cli.report;

import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.ir.Budget;
import dev.cnnc.compiler.ir.Budget.Measure;
import dev.cnnc.compiler.load.ClassSize;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The limits of a network, and what it takes of each. */
final class BudgetJson {
  private BudgetJson() {}

  static void write(Report report, JsonGenerator json) {
    json.writeArrayPropertyStart("budget");
    for (Budget.Limit limit : report.budget().limits()) {
      Measure measure = limit.measure();
      json.writeStartObject();
      json.writeStringProperty("measure", measure.name().toLowerCase(Locale.ROOT));
      json.writeBooleanProperty("inBytes", measure.inBytes());
      json.writeNumberProperty("limit", limit.most());
      json.writeNumberProperty("used", used(measure, report.cost(), report.code()));
      json.writeNumberProperty("line", limit.span().source().position(limit.span().start()).line());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static long used(Measure measure, NetworkCost cost, ClassSize code) {
    return switch (measure) {
      case MACS -> cost.macs();
      case MULTIPLICATIONS -> cost.multiplications();
      case PARAMETERS -> cost.parameters();
      case WEIGHTS -> cost.weightsFile();
      case ARENA -> cost.arena();
      case MEMORY -> cost.memory();
      case CODE -> code.bytes();
    };
  }
}
