package dev.cnnc.cli.report;

import dev.cnnc.compiler.ir.Graph;
import tools.jackson.core.JsonGenerator;

/** A report as JSON: what its page shows, and what {@code --compare} reads. */
public final class ReportJson {
  private ReportJson() {}

  /** All but the texts. */
  public static String of(Report report) {
    Sources sources = Sources.of(report);
    LayerJson layers = new LayerJson(report, sources);
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("kind", "network");
          json.writeStringProperty("network", report.cost().network());
          json.writeStringProperty("description", report.written().description());
          json.writeName("input");
          Json.shape(report.written().graph().node(0).shape(), json);
          json.writeObjectPropertyStart("totals");
          CostProperties.write(report.cost(), json);
          CostProperties.write(report.code(), json);
          json.writeEndObject();
          BudgetJson.write(report, json);
          outputs(report.backend().plan().network().graph(), json);
          layers.write(json);
          new StepJson(report, layers).write(json);
          json.writeEndObject();
        });
  }

  /** The texts, which the layers and the steps refer to. */
  static String texts(Report report) {
    return Json.text(
        json -> {
          json.writeStartArray();
          for (Sources.Text each : Sources.of(report).texts()) {
            json.writeStartObject();
            json.writeStringProperty("name", each.name());
            json.writeStringProperty("text", each.text());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void outputs(Graph graph, JsonGenerator json) {
    json.writeArrayPropertyStart("outputs");
    for (Graph.Output output : graph.outputs()) {
      json.writeStartObject();
      json.writeStringProperty("name", output.name());
      json.writeNumberProperty("layer", output.node());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
