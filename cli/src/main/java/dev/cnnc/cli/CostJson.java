package dev.cnnc.cli;

import dev.cnnc.cli.report.CostProperties;
import dev.cnnc.cli.report.Json;
import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.load.ClassSize;
import dev.cnnc.compiler.plan.PackedAgain;
import dev.cnnc.compiler.plan.StepCost;
import dev.cnnc.compiler.predict.Prediction;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The cost of a network as JSON, with the numbers of {@link CostText}. */
final class CostJson {
  private CostJson() {}

  static String of(
      NetworkCost cost, ClassSize code, List<PackedAgain> again, Optional<Predicted> predicted) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("network", cost.network());
          json.writeArrayPropertyStart("steps");
          for (int index = 0; index < cost.steps().size(); index++) {
            int step = index;
            step(
                cost.steps().get(step),
                predicted.map(time -> time.prediction().steps().get(step)),
                json);
          }
          json.writeEndArray();
          CostProperties.write(cost, json);
          AgainText.write(again, json);
          CostProperties.write(code, json);
          predicted.ifPresent(
              time ->
                  json.writeNumberProperty(
                      "predictedMilliseconds", time.prediction().nanoseconds() / 1e6));
          json.writeEndObject();
        });
  }

  private static void step(StepCost cost, Optional<Prediction.Part> predicted, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("layer", cost.step().node().name());
    json.writeStringProperty("kernel", cost.step().kernel().getClass().getSimpleName());
    json.writeName("shape");
    Json.shape(cost.step().node().shape(), json);
    CostProperties.write(cost, json);
    predicted.ifPresent(
        part -> {
          json.writeNumberProperty("predictedMilliseconds", part.nanoseconds() / 1e6);
          json.writeBooleanProperty("calibrated", part.known());
        });
    json.writeEndObject();
  }
}
