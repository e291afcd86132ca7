package dev.cnnc.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model says the same with its tensors in a file of their own. */
class ExternalTensorsTest {
  @TempDir private Path folder;

  @Test
  void longTensorsLieOnPagesAndShortOnesStayInTheModel() throws IOException {
    Onnx.Model model = OnnxExport.of(CompiledGraph.improved(graph()), new Synthetic());
    ExternalTensors external = ExternalTensors.of(model, "net.onnx.data");
    // 400 x 300 and 8 x 400 numbers; the two biases are 1,600 and 32 bytes long.
    assertThat(external.offsets())
        .isEqualTo(Map.of("a.weight", 0L, "a.bias", 483_328L, "b.weight", 487_424L));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    external.write(model, out);
    assertThat(out.size()).isEqualTo(487_424 + 4 * 3_200);
    ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    float[] bias = new float[400];
    bytes.position(483_328).asFloatBuffer().get(bias);
    assertThat(bias).isEqualTo(new Synthetic().tensor("a.bias", List.of(400)));
  }

  @Test
  void onnxRuntimeGivesTheSameNumbers() throws IOException, OrtException {
    Graph graph = graph();
    Onnx.Model model = OnnxExport.of(CompiledGraph.improved(graph), new Synthetic());
    List<float[]> inputs = SyntheticInputs.of(graph);
    Path file = folder.resolve("net.onnx");
    Map<String, OnnxRuntime.Output> whole = OnnxRuntime.run(model, file, inputs);
    Map<String, OnnxRuntime.Output> parts = OnnxRuntime.runWithData(model, file, inputs);
    assertThat(parts).isEqualTo(whole).isNotEmpty();
  }

  private static Graph graph() {
    GraphBuilder graph = new GraphBuilder(300, 1, 1);
    graph.fc("a", 0, 400);
    graph.fc("b", graph.relu("relu", graph.last()), 8);
    return graph.build(graph.last());
  }
}
