package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.runtime.CompiledNetwork;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Compares networks with PyTorch: their tensors and, through the generated class under synthetic
 * weights, their logits.
 *
 * <p>They run one after the other, and nothing holds a network that has run: the largest has 584 MB
 * of weights.
 */
final class PyTorch {

  /** Of the largest logit: what {@code ../shared/reference/README.md} calls agreement. */
  static final double TOLERANCE = 1e-3;

  /**
   * Those of which there are no logits: how many numbers torchvision learns. It has no resnet50_v2,
   * which has the convs of resnet50 and batch norms of 3,776 channels less.
   */
  private static final Map<String, Long> PARAMETERS =
      Map.of(
          "densenet169", 14_149_480L,
          "mobilenet_v3_large", 5_483_032L,
          "vgg13", 133_047_848L,
          "vgg16_bn", 138_365_992L,
          "vgg19", 143_667_240L,
          "resnet34", 21_797_672L,
          "resnet50_v2", 25_557_032L - 2 * 3_776,
          "resnet101", 44_549_160L,
          "resnet152", 60_192_808L);

  private PyTorch() {}

  /** A test of each. */
  static Stream<DynamicTest> tests(Map<String, Supplier<CompiledNetwork>> networks) {
    return new TreeMap<>(networks)
        .entrySet().stream()
            .map(
                network ->
                    DynamicTest.dynamicTest(
                        network.getKey(), () -> check(network.getKey(), network.getValue())));
  }

  private static void check(String name, Supplier<CompiledNetwork> load) throws IOException {
    Frontend frontend = Frontend.of(Sources.network(name));
    assertThat(frontend.diagnostics()).isEmpty();
    Graph graph = frontend.written().orElseThrow().graph();
    long parameters = Cost.of(graph).parameters();
    Optional<double[]> logits = Optional.empty();
    if (PARAMETERS.containsKey(name)) {
      assertThat(parameters).isEqualTo(PARAMETERS.get(name));
    } else {
      Expected expected = Expected.of(name);
      assertThat(tensors(graph)).isEqualTo(expected.tensors());
      assertThat(parameters).isEqualTo(expected.parameters());
      logits = expected.logits();
    }
    try (CompiledNetwork network = load.get()) {
      double[] actual = Logits.of(network)[0];
      if (logits.isPresent()) {
        Logits.assertClose(name, actual, logits.get(), TOLERANCE);
        assertThat(Logits.fiveLargest(actual)).isEqualTo(Logits.fiveLargest(logits.get()));
      }
    }
  }

  private static Map<String, List<Integer>> tensors(Graph graph) {
    Map<String, List<Integer>> found = new LinkedHashMap<>();
    graph
        .nodes()
        .forEach(
            node ->
                Tensors.stored(node.op())
                    .forEach(tensor -> found.put(tensor.name(), tensor.shape())));
    return found;
  }
}
