package dev.cnnc.cli;

import dev.cnnc.compiler.plan.PackedAgain;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** What is packed for one size of several alone, as text and as JSON. */
final class AgainText {
  private AgainText() {}

  /** Bytes, then the layers. */
  static String of(List<PackedAgain> again) {
    long sum = again.stream().mapToLong(PackedAgain::bytes).sum();
    return "%s in another order than for the sizes above: %s"
        .formatted(
            Cells.bytes(sum),
            again.stream()
                .map(each -> each.layer() + " " + Cells.count(each.bytes()))
                .collect(Collectors.joining(", ")));
  }

  /** A property of an open object; none where nothing is packed again. */
  static void write(List<PackedAgain> again, JsonGenerator json) {
    if (again.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("packedAgain");
    for (PackedAgain each : again) {
      json.writeStartObject();
      json.writeStringProperty("layer", each.layer());
      json.writeNumberProperty("bytes", each.bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
