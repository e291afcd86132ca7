package dev.cnnc.cli;

import dev.cnnc.cli.report.Json;
import dev.cnnc.compiler.ir.Network;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** An answer as JSON; its format is documented and tested. */
final class AnswerJson {
  private AnswerJson() {}

  /** The outputs, or what was seen in their place. */
  static String of(Network network, Answer answer, List<Seen> seen) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("network", network.graph().name());
          if (seen.isEmpty()) {
            outputs(answer.outputs(), json);
          }
          seen.forEach(each -> each.json(json));
          json.writeNumberProperty("milliseconds", Math.round(answer.milliseconds() * 1e3) / 1e3);
          json.writeEndObject();
        });
  }

  /** Properties of an open object. */
  static void outputs(List<Answer.Output> outputs, JsonGenerator json) {
    json.writeObjectPropertyStart("outputs");
    for (Answer.Output output : outputs) {
      json.writeObjectPropertyStart(output.name());
      json.writeName("shape");
      Json.shape(output.shape(), json);
      json.writeArrayPropertyStart("data");
      for (float value : output.data()) {
        json.writeNumber(value);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
