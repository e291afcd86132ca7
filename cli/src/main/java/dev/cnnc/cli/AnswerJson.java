package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;

/** An answer as JSON; its format is documented and tested. */
final class AnswerJson {
  private AnswerJson() {}

  static String of(Network network, Answer answer) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("network", network.graph().name());
          json.writeObjectPropertyStart("outputs");
          for (Answer.Output output : answer.outputs()) {
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
          json.writeNumberProperty("milliseconds", Math.round(answer.milliseconds() * 1e3) / 1e3);
          json.writeEndObject();
        });
  }
}
