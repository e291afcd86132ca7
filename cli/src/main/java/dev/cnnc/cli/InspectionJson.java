package dev.cnnc.cli;

import dev.cnnc.compiler.plan.Cost;
import tools.jackson.core.JsonGenerator;

/** An inspection for programs: the same numbers as {@link InspectionText}, without rounding. */
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
          fusions(inspection.fusions(), json);
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
    json.writeNumberProperty("arenaBytes", run.arenaBytes());
    json.writeNumberProperty("arenaLowerBoundBytes", run.arenaLowerBound());
    json.writeNumberProperty("weightBytes", run.weightBytes());
    json.writeNumberProperty("steps", run.steps());
  }

  private static void fusions(Inspection.Fusions fusions, JsonGenerator json) {
    json.writeNumberProperty("batchNorms", fusions.batchNorms());
    json.writeNumberProperty("batchNormsFolded", fusions.folded());
    json.writeNumberProperty("residualsFused", fusions.residuals());
    json.writeNumberProperty("activationsFused", fusions.activations());
    json.writeNumberProperty("convsJoined", fusions.joined());
    json.writeNumberProperty("layersRemoved", fusions.removed());
  }
}
