package dev.cnnc.examples;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Signature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every network of the lectures has PyTorch's tensors and, through its generated class under
 * synthetic weights, PyTorch's logits.
 *
 * <p>They run one after the other, and nothing holds a network that has run: the largest has 584 MB
 * of weights.
 */
class ReferenceTest {

  /** Of the largest logit: what {@code ../shared/reference/README.md} calls agreement. */
  private static final double TOLERANCE = 1e-3;

  /** How to load each. */
  private static final Map<String, Supplier<CompiledNetwork>> NETWORKS =
      Map.ofEntries(
          entry("alexnet", networks.Alexnet::load),
          entry("alexnet_2012", networks.Alexnet_2012::load),
          entry("alexnet_single", networks.Alexnet_Single::load),
          entry("cifar_resnet110_stochastic", networks.Cifar_Resnet110_Stochastic::load),
          entry("cifar_resnet1202", networks.Cifar_Resnet1202::load),
          entry("cifar_resnet20", networks.Cifar_Resnet20::load),
          entry("convnext_tiny", networks.Convnext_Tiny::load),
          entry("densenet121", networks.Densenet121::load),
          entry("densenet169", networks.Densenet169::load),
          entry("efficientnet_b0", networks.Efficientnet_B0::load),
          entry("fractalnet", networks.Fractalnet::load),
          entry("googlenet", networks.Googlenet::load),
          entry("googlenet_2014", networks.Googlenet_2014::load),
          entry("googlenet_aux", networks.Googlenet_Aux::load),
          entry("inception_v3", networks.Inception_V3::load),
          entry("inception_v4", networks.Inception_V4::load),
          entry("lenet5", networks.Lenet5::load),
          entry("mobilenet_v1", networks.Mobilenet_V1::load),
          entry("mobilenet_v2", networks.Mobilenet_V2::load),
          entry("mobilenet_v3_large", networks.Mobilenet_V3_Large::load),
          entry("mobilenet_v3_small", networks.Mobilenet_V3_Small::load),
          entry("nin", networks.Nin::load),
          entry("overfeat_fast", networks.Overfeat_Fast::load),
          entry("resnet101", networks.Resnet101::load),
          entry("resnet152", networks.Resnet152::load),
          entry("resnet18", networks.Resnet18::load),
          entry("resnet34", networks.Resnet34::load),
          entry("resnet50", networks.Resnet50::load),
          entry("resnet50_2015", networks.Resnet50_2015::load),
          entry("resnext50_32x4d", networks.Resnext50_32x4d::load),
          entry("shufflenet_v2_x1_0", networks.Shufflenet_V2_X1_0::load),
          entry("squeezenet1_0", networks.Squeezenet1_0::load),
          entry("squeezenet1_1", networks.Squeezenet1_1::load),
          entry("vgg11", networks.Vgg11::load),
          entry("vgg13", networks.Vgg13::load),
          entry("vgg16", networks.Vgg16::load),
          entry("vgg16_bn", networks.Vgg16_Bn::load),
          entry("vgg19", networks.Vgg19::load),
          entry("vgg_a_lrn", networks.Vgg_A_Lrn::load),
          entry("vgg_c", networks.Vgg_C::load),
          entry("vit_b_16", networks.Vit_B_16::load),
          entry("wide_resnet50_2", networks.Wide_Resnet50_2::load),
          entry("zfnet", networks.Zfnet::load));

  /** Those of which there are no logits: how many numbers torchvision learns. */
  private static final Map<String, Long> PARAMETERS =
      Map.of(
          "densenet169", 14_149_480L,
          "mobilenet_v3_large", 5_483_032L,
          "vgg13", 133_047_848L,
          "vgg16_bn", 138_365_992L,
          "vgg19", 143_667_240L,
          "resnet34", 21_797_672L,
          "resnet101", 44_549_160L,
          "resnet152", 60_192_808L);

  /** Two outputs, the first of them that of googlenet_2014. */
  private static final String TWO_OUTPUTS = "googlenet_aux";

  @Test
  void everyFileIsProven() {
    assertThat(NETWORKS.keySet())
        .containsExactlyInAnyOrderElementsOf(Sources.names(Sources.NETWORKS));
  }

  @TestFactory
  Stream<DynamicTest> tensorsAndLogitsAreThoseOfPyTorch() {
    return new TreeMap<>(NETWORKS)
        .entrySet().stream()
            .filter(network -> !network.getKey().equals(TWO_OUTPUTS))
            .map(
                network ->
                    DynamicTest.dynamicTest(
                        network.getKey(), () -> check(network.getKey(), network.getValue())));
  }

  @Test
  void anAuxiliaryHeadIsASecondOutput() throws IOException {
    double[] logits = Expected.of("googlenet_2014").logits().orElseThrow();
    try (CompiledNetwork network = networks.Googlenet_Aux.load()) {
      assertThat(network.signature().outputs())
          .extracting(Signature.Output::name)
          .containsExactly("scores", "early");
      double[][] actual = Logits.of(network);
      Logits.assertClose("scores", actual[0], logits, TOLERANCE);
      assertThat(actual[1]).hasSize(1000).doesNotContain(0, Double.NaN).isNotEqualTo(actual[0]);
    }
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
