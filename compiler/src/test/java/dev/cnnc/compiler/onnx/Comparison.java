package dev.cnnc.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.text.NetworkText;
import dev.cnnc.compiler.onnx.translate.ChannelsLast;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ONNX Runtime makes of a model and what our reference makes of it, imported, is the same.
 *
 * @param folder for the model, while it is compared
 */
record Comparison(Path folder) {

  /** Of the largest value. */
  private static final double TOLERANCE = 1e-5;

  /** The body of the imported text, on one line, once the numbers agree. */
  String text(Onnx.Model model) throws Exception {
    int size =
        Math.toIntExact(
            model.graph().inputs().getFirst().dimensions().stream()
                .reduce(1L, Math::multiplyExact));
    float[] picture = new Synthetic().tensor("input", List.of(size));
    OnnxImport.Result result = OnnxImport.of(model, "net", Map.of(), Map.of());
    assertThat(result.problems()).isEmpty();
    var network = result.network().orElseThrow();
    String text = NetworkText.of(network, Optional.of("net.safetensors"));
    List<double[]> actual =
        List.copyOf(Reference.run(network.graph(), source(result), picture).values());
    Onnx.ValueInfo input = model.graph().inputs().getFirst();
    float[] theirs =
        ChannelsLast.is(model.graph(), input.name(), input.dimensions().size())
            ? ChannelsLast.turned(picture, network.graph().node(0).shape().channels())
            : picture;
    int next = 0;
    for (Map.Entry<String, OnnxRuntime.Output> output :
        OnnxRuntime.run(model, folder.resolve("model.onnx"), theirs).entrySet()) {
      assertSame(output.getKey(), output.getValue(), actual.get(next++), text);
    }
    String body = text.substring(text.indexOf("net.safetensors\"") + 16);
    return body.strip().replaceAll("\\s+", " ");
  }

  private static TensorSource source(OnnxImport.Result result) {
    Map<String, SafetensorsWriter.Tensor> tensors = new HashMap<>();
    result.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
    return (name, _) -> tensors.get(name).data().get();
  }

  private static void assertSame(
      String name, OnnxRuntime.Output expected, double[] actual, String text) {
    assertThat(actual).as(text).hasSize(expected.data().remaining());
    double largest = 1e-3;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(expected.data().get(i)));
    }
    for (int i = 0; i < actual.length; i++) {
      if (!(Math.abs(actual[i] - expected.data().get(i)) <= TOLERANCE * largest)) {
        throw new AssertionError(
            "%s[%d] is %s, not %s, of\n%s"
                .formatted(name, i, actual[i], expected.data().get(i), text));
      }
    }
  }
}
