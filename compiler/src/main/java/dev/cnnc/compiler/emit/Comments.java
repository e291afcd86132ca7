package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.runtime.View;
import java.util.List;
import java.util.stream.Collectors;

/** What Javadoc says of the network and of its layers: place in the text, shapes, cost. */
final class Comments {

  private Comments() {}

  static String ofNetwork(Plan plan) {
    Graph graph = plan.network().graph();
    String description = plan.network().description();
    return """
    %s.

    <p>Compiled by cnnc from {@code %s}: %s MACs, %s KiB of weights, %s KiB of
    activations. One instance serves one thread; {@link #fork} gives another that shares the weights.
    """
        .formatted(
            escape(description.isEmpty() ? graph.name() : graph.name() + ", " + description),
            escape(file(graph)),
            Emitter.count(Cost.of(graph).macs()),
            kibibytes(plan.weights()),
            kibibytes(plan.arena()));
  }

  /** Of a network of several sizes. */
  static String ofSizes(List<Plan> plans) {
    Plan first = plans.getFirst();
    Graph graph = first.network().graph();
    String description = first.network().description();
    return """
    %s, for inputs of %s.

    <p>Compiled by cnnc from {@code %s}: %s KiB of weights, which all sizes share. An instance of a
    size is made when it is first asked for.
    """
        .formatted(
            escape(description.isEmpty() ? graph.name() : graph.name() + ", " + description),
            plans.stream()
                .map(plan -> plan.network().graph().node(0).shape().toString())
                .collect(Collectors.joining(", ")),
            escape(file(graph)),
            kibibytes(first.weights()));
  }

  static String ofLayer(Graph graph, Step step) {
    Node node = step.node();
    return switch (step.purpose()) {
      case HALO -> step(node, "zeros around it, where other values lay", node.shape().toString());
      case ZEROS -> step(node, "zeros", node.shape().toString());
      case SPACE_TO_DEPTH -> {
        Window window = ((Op.Conv) node.op()).window();
        View y = step.write();
        yield step(
            node,
            "%sx%s pixels as the channels of one"
                .formatted(window.strideHeight(), window.strideWidth()),
            graph.inputShapes(node).getFirst()
                + " to "
                + new Shape(y.channels(), y.height(), y.width()));
      }
      case CONCAT_PART -> step(node, "one part of a concat", shapes(graph, node));
      case TOKENS_PART -> step(node, "one part of a row of tokens", shapes(graph, node));
      case LAYER_AND_PROLOGUE -> {
        String applied = graph.node(node.inputs().getFirst()).name();
        yield computed(
            graph,
            node,
            "%s; applies {@code %s} while it reads"
                .formatted(OpText.describe(node.op()), escape(applied)));
      }
      case LAYER -> computed(graph, node, OpText.describe(node.op()));
    };
  }

  private static String computed(Graph graph, Node node, String what) {
    long macs = Cost.of(graph, node).macs();
    String cost = macs == 0 ? "" : "; " + Emitter.count(macs) + " MACs";
    return step(node, what, shapes(graph, node) + cost);
  }

  private static String step(Node node, String what, String shapes) {
    return "{@code %s}, %s: %s; %s."
        .formatted(
            escape(node.name()), escape(fileName(node.origin().span().toString())), what, shapes);
  }

  private static String shapes(Graph graph, Node node) {
    List<Shape> inputs = graph.inputShapes(node);
    return inputs.isEmpty()
        ? node.shape().toString()
        : inputs.stream().distinct().map(Shape::toString).collect(Collectors.joining(", "))
            + " to "
            + node.shape();
  }

  private static String file(Graph graph) {
    return fileName(graph.nodes().getFirst().origin().span().source().name());
  }

  /** Without its folders: the same file gives the same class wherever it lies. */
  private static String fileName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private static String kibibytes(int floats) {
    return Emitter.count(Math.ceilDiv((long) floats * Float.BYTES, 1024));
  }

  /** Text that can stand in Javadoc and cannot end it. */
  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("@", "&#64;")
        .replace("*/", "*&#47;")
        .replace("\\u", "&#92;u");
  }
}
