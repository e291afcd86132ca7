package dev.cnnc.cli;

import dev.cnnc.cli.report.Json;
import java.util.Optional;
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
          for (int index = 0; index < bench.profile().size(); index++) {
            int part = index;
            part(
                bench.profile().get(part),
                bench.predicted().map(forecast -> forecast.parts().get(part)),
                json);
          }
          json.writeEndArray();
          bench.predicted().ifPresent(forecast -> forecast(forecast, json));
          json.writeEndObject();
        });
  }

  private static void forecast(Forecast forecast, JsonGenerator json) {
    json.writeNumberProperty("predictedMilliseconds", forecast.predicted() / 1e6);
    json.writeNumberProperty("judged", forecast.judged());
    json.writeNumberProperty("near", forecast.near());
    json.writeArrayPropertyStart("worst");
    forecast.worst().forEach(part -> json.writeString(part.layer()));
    json.writeEndArray();
  }

  private static void part(Bench.Part part, Optional<Forecast.Part> predicted, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("layer", part.layer());
    json.writeStringProperty("kernel", part.kernel());
    milliseconds("milliseconds", Math.round(part.nanoseconds()), json);
    json.writeNumberProperty("operations", part.operations());
    predicted.ifPresent(
        forecast -> {
          json.writeNumberProperty("predictedMilliseconds", forecast.predicted() / 1e6);
          json.writeBooleanProperty("calibrated", forecast.known());
        });
    json.writeEndObject();
  }

  private static void milliseconds(String name, long nanoseconds, JsonGenerator json) {
    json.writeNumberProperty(name, nanoseconds / 1e6);
  }
}
