package dev.cnnc.cli;

import dev.cnnc.cli.report.Json;
import dev.cnnc.compiler.plan.Cost;
import tools.jackson.core.JsonGenerator;

/** An inspection as JSON, with the numbers of {@link InspectionText} without rounding. */
final class InspectionJson {
  private InspectionJson() {}

  static String of(Inspection inspection) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("network", inspection.network());
          json.writeStringProperty("description", inspection.description());
          json.writeArrayPropertyStart("layers");
          inspection.layers().forEach(layer -> layer(layer, json));
          json.writeEndArray();
          cost(inspection.total(), json);
          run(inspection.run(), json);
          json.writeArrayPropertyStart("savings");
          inspection.savings().forEach(saving -> saving(saving, json));
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void layer(Inspection.Layer layer, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("name", layer.name());
    json.writeStringProperty("kind", layer.kind());
    json.writeName("shape");
    Json.shape(layer.shape(), json);
    cost(layer.cost(), json);
    json.writeEndObject();
  }

  private static void cost(Cost cost, JsonGenerator json) {
    json.writeNumberProperty("parameters", cost.parameters());
    json.writeNumberProperty("macs", cost.macs());
  }

  private static void run(Inspection.Run run, JsonGenerator json) {
    json.writeNumberProperty("keptBytes", run.keptBytes());
    json.writeNumberProperty("arenaBytes", run.arenaBytes());
    json.writeNumberProperty("arenaLowerBoundBytes", run.arenaLowerBound());
    json.writeNumberProperty("weightBytes", run.weightBytes());
    AgainText.write(run.again(), json);
    json.writeNumberProperty("steps", run.steps());
  }

  private static void saving(Saving saving, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("stage", saving.stage());
    json.writeArrayPropertyStart("layers");
    for (Saving.Change change : saving.changes()) {
      json.writeStartObject();
      json.writeStringProperty("kind", change.kind());
      json.writeNumberProperty("before", change.before());
      json.writeNumberProperty("after", change.after());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("parameters", saving.parameters());
    json.writeNumberProperty("macs", saving.macs());
    json.writeNumberProperty("bytes", saving.bytes());
    json.writeEndObject();
  }
}
