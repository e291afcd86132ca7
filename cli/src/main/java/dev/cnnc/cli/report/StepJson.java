package dev.cnnc.cli.report;

import dev.cnnc.compiler.emit.kernel.Texts;
import dev.cnnc.compiler.plan.Residence;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.compiler.plan.StepCost;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The steps, their times, and the arena over them. Layers are given by their index. */
record StepJson(Report report, LayerJson layers) {

  void write(JsonGenerator json) {
    json.writeArrayPropertyStart("steps");
    List<StepCost> steps = report.cost().steps();
    for (int index = 0; index < steps.size(); index++) {
      step(steps.get(index), report.backend().java().methods().get(index), json);
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("arena");
    Residence.of(report.backend().plan()).forEach(each -> residence(each, json));
    json.writeEndArray();
    json.writeArrayPropertyStart("times");
    report.times().forEach(each -> times(each, json));
    json.writeEndArray();
  }

  private void step(StepCost cost, String method, JsonGenerator json) {
    Step step = cost.step();
    json.writeStartObject();
    json.writeNumberProperty("layer", step.node().id());
    json.writeStringProperty("purpose", step.purpose().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("kernel", step.kernel().getClass().getSimpleName());
    json.writeStringProperty("method", method);
    json.writeStringProperty("entry", Texts.of(step.kernel()).entry().name());
    json.writeNumberProperty("parameters", computes(step) ? layers.parameters(step.node()) : 0);
    CostProperties.write(cost, json);
    json.writeEndObject();
  }

  private static boolean computes(Step step) {
    return switch (step.purpose()) {
      case LAYER, LAYER_AND_PROLOGUE -> true;
      case CONCAT_PART, TOKENS_PART, ZEROS, HALO, SPACE_TO_DEPTH -> false;
    };
  }

  private static void residence(Residence place, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("layer", place.owner().id());
    json.writeBooleanProperty("squares", place.squares());
    json.writeArrayPropertyStart("values");
    place.values().forEach(node -> json.writeNumber(node.id()));
    json.writeEndArray();
    json.writeNumberProperty("offsetBytes", (long) place.offset() * Float.BYTES);
    json.writeNumberProperty("bytes", (long) place.size() * Float.BYTES);
    json.writeNumberProperty("from", place.from());
    json.writeNumberProperty("to", place.to());
    json.writeEndObject();
  }

  private static void times(StepTimes times, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("name", times.name());
    json.writeStringProperty("where", times.where());
    json.writeNumberProperty("nanoseconds", Math.round(times.whole()));
    json.writeNumberProperty("peakGigaflops", times.bounds().peak());
    json.writeNumberProperty("cacheGigabytes", times.bounds().cache());
    json.writeNumberProperty("memoryGigabytes", times.bounds().memory());
    json.writeArrayPropertyStart("steps");
    times.steps().forEach(each -> json.writeNumber(Math.round(each)));
    json.writeEndArray();
    json.writeEndObject();
  }
}
