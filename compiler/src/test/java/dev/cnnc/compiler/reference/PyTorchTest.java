package dev.cnnc.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.SharedLogits;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The reference against PyTorch's own numbers, in double, for whole networks. */
class PyTorchTest {

  @Test
  void lenet5() {
    assertAgrees("lenet5", lenet5Graph());
  }

  @Test
  void resnet18() {
    assertAgrees("resnet18", resnet18Graph());
  }

  private static void assertAgrees(String network, Graph graph) {
    Optional<double[]> logits = SharedLogits.of(network);
    assumeTrue(logits.isPresent(), () -> "the shared logits of " + network + " are missing");
    double[] expected = logits.get();
    Synthetic weights = new Synthetic();
    int size = graph.node(0).shape().size();
    float[] picture = weights.tensor("input", List.of(size));
    double[] actual = Reference.run(graph, weights, picture).values().iterator().next();
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(actual).containsExactly(expected, within(1e-7 * largest));
  }

  private static Graph lenet5Graph() {
    GraphBuilder graph = new GraphBuilder(1, 32, 32);
    int first = tanh(graph, graph.conv("conv1", 0, 6, Window.of(5, 5)));
    int second = tanh(graph, graph.conv("conv2", halve(graph, first), 16, Window.of(5, 5)));
    int fc1 = tanh(graph, graph.fc("fc1", halve(graph, second), 120));
    int fc2 = tanh(graph, graph.fc("fc2", fc1, 84));
    return graph.build(graph.fc("fc3", fc2, 10));
  }

  private static int tanh(GraphBuilder graph, int input) {
    return graph.activate("tanh" + input, new Activation.Tanh(), input);
  }

  private static int halve(GraphBuilder graph, int input) {
    Window window = new Window(2, 2, 2, 2, 1, 1, Padding.NONE);
    Op pool = new Op.Pool(Op.Reduction.AVERAGE, window, false, true);
    return graph.add("pool" + input, pool, input);
  }

  private static Graph resnet18Graph() {
    GraphBuilder graph = new GraphBuilder(3, 224, 224);
    Window stem = new Window(7, 7, 2, 2, 1, 1, Padding.all(3));
    int value = graph.relu("relu", normed(graph, "conv1", "bn1", 0, 64, stem));
    Window window = new Window(3, 3, 2, 2, 1, 1, Padding.all(1));
    value = graph.add("maxpool", new Op.Pool(Op.Reduction.MAX, window, false, false), value);
    for (int layer = 1; layer <= 4; layer++) {
      for (int block = 0; block < 2; block++) {
        int stride = layer > 1 && block == 0 ? 2 : 1;
        value = basicBlock(graph, "layer" + layer + "." + block, value, 32 << layer, stride);
      }
    }
    int pooled = graph.add("gap", new Op.GlobalPool(Op.Reduction.AVERAGE), value);
    return graph.build(graph.fc("fc", pooled, 1000));
  }

  private static int basicBlock(
      GraphBuilder graph, String name, int input, int filters, int stride) {
    Window first = new Window(3, 3, stride, stride, 1, 1, Padding.all(1));
    Window second = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));
    int branch = normed(graph, name + ".conv1", name + ".bn1", input, filters, first);
    branch = graph.relu(name + ".relu1", branch);
    branch = normed(graph, name + ".conv2", name + ".bn2", branch, filters, second);
    int around = input;
    if (stride > 1) {
      Window one = new Window(1, 1, stride, stride, 1, 1, Padding.NONE);
      around = normed(graph, name + ".downsample.0", name + ".downsample.1", input, filters, one);
    }
    return graph.relu(name + ".relu2", graph.add(name + ".add", new Op.Add(), branch, around));
  }

  private static int normed(
      GraphBuilder graph, String conv, String norm, int input, int filters, Window window) {
    return graph.batchNorm(norm, graph.conv(conv, input, filters, window, 1, false));
  }
}
