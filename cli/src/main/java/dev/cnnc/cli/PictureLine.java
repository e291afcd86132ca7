package dev.cnnc.cli;

import dev.cnnc.cli.report.Json;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.Prediction;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What a network says about a picture, on a line; its format is documented and tested.
 *
 * @param top number of classes
 */
record PictureLine(Network network, int top) {

  /** What the clauses of the network ask, or its classes, or else all outputs. */
  String of(String file, Answer answer, List<Seen> seen) {
    return Json.text(
        json -> {
          begin(file, json);
          if (!seen.isEmpty()) {
            seen.forEach(each -> each.json(json));
          } else if (network.labels().isEmpty()
              || !answer.outputs().getFirst().shape().isVector()) {
            AnswerJson.outputs(answer.outputs(), json);
          } else {
            classes(answer, json);
          }
          json.writeEndObject();
        });
  }

  /** Why there is no answer. */
  String bad(String file, String reason) {
    return Json.text(
        json -> {
          begin(file, json);
          json.writeStringProperty("error", reason);
          json.writeEndObject();
        });
  }

  private void begin(String file, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("file", file);
    json.writeStringProperty("network", network.graph().name());
  }

  private void classes(Answer answer, JsonGenerator json) {
    json.writeArrayPropertyStart("classes");
    Prediction.of(answer.outputs().getFirst().data(), network.labels()).stream()
        .limit(top)
        .forEach(
            prediction -> {
              json.writeStartObject();
              json.writeStringProperty("label", prediction.label());
              json.writeNumberProperty("index", prediction.index());
              json.writeNumberProperty("probability", prediction.probability());
              json.writeEndObject();
            });
    json.writeEndArray();
    List<Answer.Output> others = answer.outputs().subList(1, answer.outputs().size());
    if (!others.isEmpty()) {
      AnswerJson.outputs(others, json);
    }
  }
}
