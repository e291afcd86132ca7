package dev.cnnc.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Exports are what other exporters write: no operator stands there that the network does not ask
 * for. These are also the counts of PyTorch's exports.
 */
class OnnxExportTest {

  private static final Path NETWORKS =
      Path.of("..", "generated-examples", "src", "main", "cnn", "networks");

  @Test
  void aResidualNetworkHasNothingButItsLayers() throws IOException {
    assertThat(operators("resnet18"))
        .isEqualTo(
            Map.of(
                "Conv", 20L,
                "Relu", 17L,
                "Add", 8L,
                "MaxPool", 1L,
                "GlobalAveragePool", 1L,
                "Flatten", 1L,
                "Gemm", 1L));
  }

  @Test
  void squeezeAndExcitationStaysChannelsFirst() throws IOException {
    assertThat(operators("mobilenet_v3_small"))
        .isEqualTo(
            Map.of(
                "Conv", 52L,
                "HardSwish", 19L,
                "Relu", 14L,
                "GlobalAveragePool", 10L,
                "HardSigmoid", 9L,
                "Mul", 9L,
                "Add", 6L,
                "Gemm", 2L,
                "Flatten", 1L));
  }

  @Test
  void halvesAreSplitAndChannelsDealtInThreeSteps() throws IOException {
    assertThat(operators("shufflenet_v2_x1_0"))
        .containsEntry("Split", 13L)
        .containsEntry("Reshape", 32L)
        .containsEntry("Transpose", 16L)
        .doesNotContainKey("Slice");
  }

  @Test
  void tokensAreTurnedOnce() throws IOException {
    // Four turns in each of twelve attentions, and that of the patches.
    assertThat(operators("vit_b_16"))
        .containsEntry("Transpose", 49L)
        .containsEntry("LayerNormalization", 25L)
        .containsEntry("MatMul", 72L)
        .containsEntry("Gather", 1L);
  }

  @Test
  void valuesAreCalledAfterLayers() throws IOException {
    Onnx.Graph graph = export("resnet18").graph();
    assertThat(graph.inputs()).extracting(Onnx.ValueInfo::name).containsExactly("image");
    assertThat(graph.outputs())
        .containsExactly(new Onnx.ValueInfo("output", Onnx.DataType.FLOAT, List.of(1L, 1000L)));
    assertThat(graph.nodes())
        .extracting(Onnx.Node::name)
        .contains("layer1.0.conv1", "layer4.1.conv2", "fc");
    assertThat(graph.initializers())
        .extracting(Onnx.Tensor::name)
        .contains("layer1.0.conv1.weight", "layer1.0.conv1.bias", "fc.weight", "fc.bias");
  }

  private static Map<String, Long> operators(String network) throws IOException {
    return export(network).graph().nodes().stream()
        .map(Onnx.Node::operator)
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  private static Onnx.Model export(String network) throws IOException {
    Network written = Frontend.of(NETWORKS.resolve(network + ".cnn")).written().orElseThrow();
    return OnnxExport.of(written.with(Passes.portable(written.graph())), new Synthetic());
  }
}
