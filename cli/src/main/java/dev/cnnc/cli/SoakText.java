package dev.cnnc.cli;

import dev.cnnc.cli.report.Json;
import dev.cnnc.compiler.measure.Percentiles;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** What many runs did, as text and as JSON; the format of both is documented and tested. */
final class SoakText {
  private SoakText() {}

  static String text(Soak soak) {
    Percentiles times = soak.times();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("network", soak.network());
    lines.put("threads", Integer.toString(soak.threads()));
    lines.put("warm-up", soak.warmth().steady() ? "steady" : "not steady yet: times may fall");
    lines.put("runs", Cells.count(times.count()));
    lines.put("p50", milliseconds(times.at(0.5)));
    lines.put("p99", milliseconds(times.at(0.99)));
    lines.put("p99.9", milliseconds(times.at(0.999)));
    lines.put("longest", milliseconds(times.longest()));
    lines.put("allocation", Cells.bytes(soak.allocated()) + " in all runs");
    lines.put("collections", Cells.count(soak.collections()));
    lines.put(
        "heap",
        "%s before, %s after"
            .formatted(Cells.bytes(soak.heapBefore()), Cells.count(soak.heapAfter())));
    lines.put(
        "bits",
        soak.changed().isPresent()
            ? "CHANGED in run " + Cells.count(soak.changed().getAsLong())
            : "the same in all runs");
    StringBuilder out = new StringBuilder();
    lines.forEach((name, value) -> out.append("%-20s%s\n".formatted(name, value)));
    return out.toString();
  }

  static String json(Soak soak) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("network", soak.network());
          json.writeNumberProperty("threads", soak.threads());
          json.writeBooleanProperty("steady", soak.warmth().steady());
          json.writeNumberProperty("runs", soak.times().count());
          json.writeObjectPropertyStart("milliseconds");
          milliseconds("p50", soak.times().at(0.5), json);
          milliseconds("p99", soak.times().at(0.99), json);
          milliseconds("p999", soak.times().at(0.999), json);
          milliseconds("longest", soak.times().longest(), json);
          json.writeEndObject();
          json.writeNumberProperty("allocatedBytes", soak.allocated());
          json.writeNumberProperty("collections", soak.collections());
          json.writeNumberProperty("heapBytesBefore", soak.heapBefore());
          json.writeNumberProperty("heapBytesAfter", soak.heapAfter());
          json.writeBooleanProperty("sameBits", soak.changed().isEmpty());
          json.writeEndObject();
        });
  }

  private static void milliseconds(String name, long nanoseconds, JsonGenerator json) {
    json.writeNumberProperty(name, nanoseconds / 1e6);
  }

  private static String milliseconds(long nanoseconds) {
    return String.format(Locale.ROOT, "%,.3f ms", nanoseconds / 1e6);
  }
}
