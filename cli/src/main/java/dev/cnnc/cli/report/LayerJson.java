package dev.cnnc.cli.report;

import dev.cnnc.compiler.emit.OpText;
import dev.cnnc.compiler.emit.kernel.Texts;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.Explanation;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.dsl.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** The layers after the passes: what they are, where they stand, and why they run as they do. */
final class LayerJson {
  private final Report report;
  private final Sources sources;
  private final Map<String, Cost> written = new HashMap<>();
  private final Map<Integer, Explanation> explanations = new HashMap<>();
  private final Map<Integer, List<Node>> served;

  LayerJson(Report report, Sources sources) {
    this.report = report;
    this.sources = sources;
    Graph graph = report.written().graph();
    graph.nodes().forEach(node -> written.put(node.name(), Cost.of(graph, node)));
    Explanation.of(report.backend().plan())
        .forEach(each -> explanations.put(each.node().id(), each));
    served = served();
  }

  void write(JsonGenerator json) {
    json.writeArrayPropertyStart("layers");
    report.backend().plan().network().graph().nodes().forEach(node -> layer(node, json));
    json.writeEndArray();
  }

  private void layer(Node node, JsonGenerator json) {
    Source.Position place = node.origin().span().source().position(node.origin().span().start());
    json.writeStartObject();
    json.writeStringProperty("name", node.name());
    json.writeStringProperty("word", node.op().word());
    json.writeStringProperty("call", OpText.describe(node.op()));
    json.writeStringProperty("shape", node.shape().toString());
    json.writeArrayPropertyStart("inputs");
    node.inputs().forEach(json::writeNumber);
    json.writeEndArray();
    texts("taken", node.origin().taken(), json);
    json.writeNumberProperty("source", sources.of(node));
    json.writeNumberProperty("line", place.line());
    json.writeNumberProperty("parameters", parameters(node));
    Explanation explanation = explanations.get(node.id());
    if (explanation != null) {
      explanation(explanation, json);
    }
    declined(node, json);
    json.writeEndObject();
  }

  /** Those of the file that the step of a layer works with. */
  long parameters(Node node) {
    return Stream.concat(Stream.of(node), served.getOrDefault(node.id(), List.of()).stream())
        .flatMap(LayerJson::names)
        .distinct()
        .map(written::get)
        .mapToLong(cost -> cost == null ? 0 : cost.parameters())
        .sum();
  }

  /**
   * Layers without a step of their own, by the layer that does their work: a slice of a joined conv
   * by that conv, a scale by the conv that applies it.
   */
  private Map<Integer, List<Node>> served() {
    Map<Integer, List<Node>> served = new HashMap<>();
    explanations.forEach((id, each) -> each.applied().ifPresent(node -> serve(served, id, node)));
    for (Node node : report.backend().plan().network().graph().nodes()) {
      if (node.op() instanceof Op.Slice) {
        serve(served, node.inputs().getFirst(), node);
      }
    }
    return served;
  }

  private static void serve(Map<Integer, List<Node>> served, int by, Node node) {
    served.computeIfAbsent(by, _ -> new ArrayList<>()).add(node);
  }

  private static Stream<String> names(Node node) {
    return Stream.concat(Stream.of(node.name()), node.origin().taken().stream());
  }

  private static void explanation(Explanation explanation, JsonGenerator json) {
    explanation.applied().ifPresent(node -> json.writeStringProperty("applies", node.name()));
    json.writeArrayPropertyStart("offers");
    for (Explanation.Way way : explanation.ways()) {
      json.writeStartObject();
      json.writeStringProperty("kernel", way.kernel().getClass().getSimpleName());
      json.writeStringProperty("method", Texts.of(way.kernel()).entry().name());
      json.writeBooleanProperty("taken", taken(explanation, way));
      way.cost().ifPresent(cost -> json.writeNumberProperty("estimate", Math.round(cost)));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** A kernel that also applies another layer is none of the offers, but one of their kind. */
  private static boolean taken(Explanation explanation, Explanation.Way way) {
    Kernel taken = explanation.taken();
    return way.kernel().equals(taken)
        || (explanation.applied().isPresent() && way.kernel().getClass() == taken.getClass());
  }

  private void declined(Node node, JsonGenerator json) {
    List<String> names = names(node).toList();
    texts(
        "declined",
        report.passes().stream()
            .flatMap(
                pass ->
                    pass.refusals().stream()
                        .filter(refusal -> names.contains(refusal.node().name()))
                        .map(refusal -> pass.pass().name() + ": " + refusal.reason()))
            .toList(),
        json);
  }

  private static void texts(String name, List<String> texts, JsonGenerator json) {
    if (!texts.isEmpty()) {
      json.writeArrayPropertyStart(name);
      texts.forEach(json::writeString);
      json.writeEndArray();
    }
  }
}
