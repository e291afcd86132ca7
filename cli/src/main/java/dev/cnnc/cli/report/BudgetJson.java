package dev.cnnc.cli.report;

import dev.cnnc.compiler.ir.Budget.Limit;
import dev.cnnc.compiler.predict.Prediction;
import dev.cnnc.compiler.predict.UnusableProfileException;
import dev.cnnc.compiler.predict.UsableProfile;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The limits of a network, and what it takes of each. */
final class BudgetJson {
  private BudgetJson() {}

  static void write(Report report, JsonGenerator json) {
    json.writeArrayPropertyStart("budget");
    for (Limit limit : report.budget().limits()) {
      json.writeStartObject();
      json.writeStringProperty("measure", limit.measure().word());
      json.writeStringProperty("unit", limit.measure().unit().name().toLowerCase(Locale.ROOT));
      json.writeNumberProperty("limit", limit.most());
      try {
        json.writeNumberProperty("used", used(limit, report));
      } catch (UnusableProfileException problem) {
        json.writeStringProperty("unknown", problem.getMessage());
      }
      json.writeNumberProperty("line", limit.span().source().position(limit.span().start()).line());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static long used(Limit limit, Report report) throws UnusableProfileException {
    return switch (limit.measure()) {
      case MACS -> report.cost().macs();
      case MULTIPLICATIONS -> report.cost().multiplications();
      case PARAMETERS -> report.cost().parameters();
      case WEIGHTS -> report.cost().weightsFile();
      case ARENA -> report.cost().arena();
      case MEMORY -> report.cost().memory();
      case CODE -> report.code().bytes();
      case LATENCY -> {
        var profile = UsableProfile.read(limit.machine().orElseThrow().profile());
        yield Math.round(Prediction.of(report.backend().plan(), profile).nanoseconds());
      }
    };
  }
}
