package dev.cnnc.cli;

import dev.cnnc.cli.report.Json;
import tools.jackson.core.JsonGenerator;

/** Measurements as JSON; its format is documented and tested. */
final class BenchJson {
  private BenchJson() {}

  static String of(Bench bench) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("network", bench.network());
          json.writeNumberProperty("threads", bench.threads());
          json.writeNumberProperty("lanes", bench.lanes());
          json.writeObjectPropertyStart("milliseconds");
          milliseconds("compiling", bench.compiling(), json);
          milliseconds("loading", bench.loading(), json);
          milliseconds("first", bench.warmth().first().toNanos(), json);
          milliseconds("least", bench.times().least(), json);
          milliseconds("median", bench.times().median(), json);
          milliseconds("p99", bench.times().slowest(), json);
          json.writeEndObject();
          json.writeNumberProperty("runs", bench.times().runs());
          json.writeBooleanProperty("steady", bench.warmth().steady());
          json.writeNumberProperty("bytesPerRun", bench.bytesPerRun());
          json.writeNumberProperty("gigaflops", bench.gigaflops());
          json.writeNumberProperty("peakGigaflops", bench.peak());
          json.writeArrayPropertyStart("profile");
          bench.profile().forEach(part -> part(part, json));
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void part(Bench.Part part, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("layer", part.layer());
    json.writeStringProperty("kernel", part.kernel());
    milliseconds("milliseconds", Math.round(part.nanoseconds()), json);
    json.writeNumberProperty("operations", part.operations());
    json.writeEndObject();
  }

  private static void milliseconds(String name, long nanoseconds, JsonGenerator json) {
    json.writeNumberProperty(name, nanoseconds / 1e6);
  }
}
