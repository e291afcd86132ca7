package dev.cnnc.compiler.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Writes ONNX files; equal models give equal bytes. Field numbers are those of onnx.proto. */
public final class OnnxWriter {

  /** Largest file that readers of protocol buffers accept. */
  public static final long MOST_BYTES = Integer.MAX_VALUE;

  private OnnxWriter() {}

  /** For a model whose tensors all stand in its own file. */
  private static final ExternalTensors NONE = new ExternalTensors("", Map.of());

  /** Length of the file. Files above {@link #MOST_BYTES} cannot be read. */
  public static long size(Onnx.Model model) {
    return message(model, NONE).size();
  }

  /** Writes the model in many small pieces, so the stream should be buffered. */
  public static void write(Onnx.Model model, OutputStream out) throws IOException {
    write(model, NONE, out);
  }

  /** Writes the model without its external tensors, which {@link ExternalTensors#write} writes. */
  public static void write(Onnx.Model model, ExternalTensors external, OutputStream out)
      throws IOException {
    message(model, external).write(out);
  }

  private static WireMessage message(Onnx.Model model, ExternalTensors external) {
    return new WireMessage.Builder()
        .whole(1, model.irVersion())
        .text(2, model.producerName())
        .text(3, model.producerVersion())
        .message(7, message(model.graph(), external))
        .messages(8, model.operatorSets().stream().map(OnnxWriter::message).toList())
        .build();
  }

  private static WireMessage message(Onnx.OperatorSet operators) {
    return new WireMessage.Builder()
        .text(1, operators.domain())
        .whole(2, operators.version())
        .build();
  }

  private static WireMessage message(Onnx.Graph graph, ExternalTensors external) {
    return new WireMessage.Builder()
        .messages(1, graph.nodes().stream().map(OnnxWriter::message).toList())
        .text(2, graph.name())
        .messages(
            5, graph.initializers().stream().map(tensor -> message(tensor, external)).toList())
        .messages(11, graph.inputs().stream().map(OnnxWriter::message).toList())
        .messages(12, graph.outputs().stream().map(OnnxWriter::message).toList())
        .build();
  }

  private static WireMessage message(Onnx.Node node) {
    return new WireMessage.Builder()
        .texts(1, node.inputs())
        .texts(2, node.outputs())
        .text(3, node.name())
        .text(4, node.operator())
        .messages(5, node.attributes().stream().map(OnnxWriter::message).toList())
        .build();
  }

  private static WireMessage message(Onnx.Attribute attribute) {
    WireMessage.Builder builder = new WireMessage.Builder().text(1, attribute.name());
    return switch (attribute) {
      case Onnx.Attribute.Real(_, float value) -> builder.real(2, value).whole(20, 1).build();
      case Onnx.Attribute.Whole(_, long value) -> builder.whole(3, value).whole(20, 2).build();
      case Onnx.Attribute.Text(_, String value) -> builder.text(4, value).whole(20, 3).build();
      case Onnx.Attribute.Wholes(_, List<Long> values) ->
          builder.wholes(8, values).whole(20, 7).build();
      case Onnx.Attribute.Reals(_, List<Float> values) -> {
        values.forEach(value -> builder.real(7, value));
        yield builder.whole(20, 6).build();
      }
      case Onnx.Attribute.Constant(_, Onnx.Tensor value) ->
          builder.message(5, message(value, NONE)).whole(20, 4).build();
      case Onnx.Attribute.Nested(_, Onnx.Graph graph) ->
          builder.message(6, message(graph, NONE)).whole(20, 5).build();
      case Onnx.Attribute.Reference(String name, _) ->
          throw new IllegalArgumentException(name + " is of a function, which is only read");
      case Onnx.Attribute.Other(String name, String kind) ->
          throw new IllegalArgumentException(name + " is " + kind + ", which is only read");
    };
  }

  private static WireMessage message(Onnx.Tensor tensor, ExternalTensors external) {
    WireMessage.Builder builder =
        new WireMessage.Builder()
            .wholes(1, tensor.dimensions())
            .whole(2, tensor.type().number())
            .text(8, tensor.name());
    Map<String, String> entries = external.entries(tensor);
    if (entries.isEmpty()) {
      return builder.content(9, tensor.bytes(), tensor.content()).build();
    }
    entries.forEach(
        (key, value) ->
            builder.message(13, new WireMessage.Builder().text(1, key).text(2, value).build()));
    return builder.whole(14, 1).build();
  }

  private static WireMessage message(Onnx.ValueInfo value) {
    WireMessage shape =
        new WireMessage.Builder()
            .messages(
                1,
                value.dimensions().stream()
                    .map(dimension -> new WireMessage.Builder().whole(1, dimension).build())
                    .toList())
            .build();
    WireMessage tensor =
        new WireMessage.Builder().whole(1, value.type().number()).message(2, shape).build();
    return new WireMessage.Builder()
        .text(1, value.name())
        .message(2, new WireMessage.Builder().message(1, tensor).build())
        .build();
  }
}
