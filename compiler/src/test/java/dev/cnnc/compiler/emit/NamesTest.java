package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers and networks may be called what the emitted class calls its own. */
class NamesTest {
  private static final List<String> LAYERS =
      List.of(
          "hash",
          "Signature",
          "window_3x3",
          "window_3x3_pad_1",
          "kernels",
          "arena",
          "run",
          "class",
          "image",
          "view",
          "sums",
          "List",
          "optional");

  @Test
  void ofLayers() {
    compiles(graph("net", LAYERS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernels", "common", "finish", "scalar", "simd512", "taps", "memory0", "view", "window",
        "fma", "arrays", "floatVector", "math", "system", "float", "string", "list", "object",
        "signature", "threads", "compiledNetwork", "simd", "vectorSpecies", "override", "optional"
      })
  void ofNetworks(String name) {
    compiles(graph(name, List.of("conv")));
  }

  @Test
  void ofClasses() {
    assertThat(Names.className("cifar_resnet20")).isEqualTo("Cifar_Resnet20");
    assertThat(Names.className("kernels")).isEqualTo("KernelsNetwork");
    assertThat(Names.className("resnet50_kernels")).isEqualTo("Resnet50_KernelsNetwork");
    assertThat(Names.className("resnetKernels")).isEqualTo("ResnetKernelsNetwork");
    assertThat(Names.className("kernels2")).isEqualTo("Kernels2");
    assertThat(Names.className("view")).isEqualTo("View");
  }

  /** Each layer a conv, a pool and a softmax at the end: kernels of several kinds. */
  private static Graph graph(String name, List<String> layers) {
    GraphBuilder graph = new GraphBuilder(3, 8, 8);
    Window padded = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));
    int value = 0;
    for (String layer : layers) {
      value = graph.relu(layer + ".relu", graph.conv(layer, value, 20, padded));
    }
    value = graph.add("pool", new Op.Pool(Op.Reduction.MAX, Window.of(2, 2), false, false), value);
    Graph built = graph.build(graph.add("softmax", new Op.Softmax(false), value));
    return new Graph(name, built.nodes(), built.outputs());
  }

  private static void compiles(Graph graph) {
    CompiledGraph compiled = CompiledGraph.of(graph);
    try (CompiledNetwork network = compiled.load(new Synthetic(), Threads.caller())) {
      List<Float> sums = new ArrayList<>();
      float[] results = Results.of(network, Results.picture(network, "input"))[0];
      for (int pixel = 0; pixel < 49; pixel++) {
        float sum = 0;
        for (int channel = 0; channel < 20; channel++) {
          sum += results[channel * 49 + pixel];
        }
        sums.add(sum);
      }
      assertThat(sums).allSatisfy(sum -> assertThat(sum).isBetween(0.999f, 1.001f));
    }
  }
}
