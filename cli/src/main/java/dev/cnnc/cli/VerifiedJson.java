package dev.cnnc.cli;

import dev.cnnc.cli.report.Json;
import dev.cnnc.compiler.verify.Difference;
import dev.cnnc.compiler.verify.Verdict;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** A comparison as JSON; its format is documented and tested. */
final class VerifiedJson {
  private VerifiedJson() {}

  static String of(Verified verified) {
    Verdict verdict = verified.verdict();
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("network", verified.network());
          json.writeStringProperty("input", verified.input());
          json.writeNumberProperty("threads", verified.threads());
          text("onnxruntime", verified.engine(), json);
          json.writeBooleanProperty("agrees", verified.agrees());
          text("first", verdict.firstWrong().map(Verdict.Layer::name), json);
          if (verified.unoptimised().isPresent()) {
            json.writeBooleanProperty("unoptimised", verified.unoptimised().get().agrees());
          } else {
            json.writeNullProperty("unoptimised");
          }
          json.writeArrayPropertyStart("layers");
          verdict.layers().forEach(layer -> layer(layer, json));
          json.writeEndArray();
          json.writeArrayPropertyStart("outputs");
          verdict.outputs().forEach(output -> output(output, json));
          json.writeEndArray();
          json.writeArrayPropertyStart("notes");
          VerifiedNotes.of(verdict).forEach(json::writeString);
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void text(String name, Optional<String> value, JsonGenerator json) {
    if (value.isPresent()) {
      json.writeStringProperty(name, value.get());
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void layer(Verdict.Layer layer, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("layer", layer.name());
    json.writeStringProperty("does", layer.kinds());
    json.writeName("shape");
    Json.shape(layer.shape(), json);
    difference("alone", layer.alone(), json);
    json.writeNumberProperty("off", layer.worst().absolute());
    json.writeNumberProperty("limit", layer.worst().limit());
    json.writeBooleanProperty("agrees", layer.agrees());
    difference("whole", layer.whole(), json);
    peer(layer.peer(), json);
    json.writeEndObject();
  }

  private static void output(Verdict.Output output, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("output", output.name());
    json.writeName("shape");
    Json.shape(output.shape(), json);
    json.writeBooleanProperty("intact", output.intact());
    json.writeNumberProperty("finite", output.numbers().finite());
    difference("whole", output.whole(), json);
    peer(output.peer(), json);
    json.writeEndObject();
  }

  private static void peer(Optional<Verdict.Peer> peer, JsonGenerator json) {
    if (peer.isEmpty()) {
      json.writeNullProperty("onnxruntime");
      return;
    }
    json.writeObjectPropertyStart("onnxruntime");
    difference("whole", peer.get().whole(), json);
    json.writeNumberProperty("limit", peer.get().limit());
    json.writeBooleanProperty("agrees", peer.get().agrees());
    json.writeEndObject();
  }

  private static void difference(String name, Difference difference, JsonGenerator json) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("absolute", difference.absolute());
    json.writeNumberProperty("relative", difference.relative());
    json.writeNumberProperty("ulps", difference.ulps());
    json.writeEndObject();
  }
}
