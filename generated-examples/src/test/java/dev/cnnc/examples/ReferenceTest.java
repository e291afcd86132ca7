package dev.cnnc.examples;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.Start;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every network of the lectures has PyTorch's tensors and logits: here those whose layers branch
 * and join, in {@link ChainReferenceTest} the others.
 */
class ReferenceTest {

  /** How to load each. */
  private static final Map<String, Supplier<CompiledNetwork>> NETWORKS =
      Map.ofEntries(
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
          entry("mobilenet_v1", networks.Mobilenet_V1::load),
          entry("mobilenet_v2", networks.Mobilenet_V2::load),
          entry("mobilenet_v3_large", networks.Mobilenet_V3_Large::load),
          entry("mobilenet_v3_small", networks.Mobilenet_V3_Small::load),
          entry("resnet101", networks.Resnet101::load),
          entry("resnet152", networks.Resnet152::load),
          entry("resnet18", networks.Resnet18::load),
          entry("resnet34", networks.Resnet34::load),
          entry("resnet50", networks.Resnet50::load),
          entry("resnet50_2015", networks.Resnet50_2015::load),
          entry("resnet50_v2", networks.Resnet50_V2::load),
          entry("resnext50_32x4d", networks.Resnext50_32x4d::load),
          entry("shufflenet_v2_x1_0", networks.Shufflenet_V2_X1_0::load),
          entry("squeezenet1_0", networks.Squeezenet1_0::load),
          entry("squeezenet1_1", networks.Squeezenet1_1::load),
          entry("vit_b_16", networks.Vit_B_16::load),
          entry("wide_resnet50_2", networks.Wide_Resnet50_2::load));

  /** Two outputs, the first of them that of googlenet_2014. */
  private static final String TWO_OUTPUTS = "googlenet_aux";

  @Test
  void everyFileIsProven() {
    List<String> proven = new ArrayList<>(NETWORKS.keySet());
    proven.addAll(ChainReferenceTest.NETWORKS.keySet());
    assertThat(proven).containsExactlyInAnyOrderElementsOf(Sources.names(Sources.NETWORKS));
  }

  @TestFactory
  Stream<DynamicTest> tensorsAndLogitsAreThoseOfPyTorch() {
    Map<String, Supplier<CompiledNetwork>> ofOneOutput = new HashMap<>(NETWORKS);
    ofOneOutput.remove(TWO_OUTPUTS);
    return PyTorch.tests(ofOneOutput);
  }

  /** The first run of a quick start, which the others are, uses no vectors. */
  @Test
  void vectorsGiveTheSameLogits() {
    try (CompiledNetwork quick = networks.Resnet50.load();
        CompiledNetwork vectors = networks.Resnet50.load(Start.VECTORS)) {
      assertThat(Logits.of(vectors)).isDeepEqualTo(Logits.of(quick));
    }
  }

  @Test
  void anAuxiliaryHeadIsASecondOutput() throws IOException {
    double[] logits = Expected.of("googlenet_2014").logits().orElseThrow();
    try (CompiledNetwork network = networks.Googlenet_Aux.load()) {
      assertThat(network.signature().outputs())
          .extracting(Signature.Output::name)
          .containsExactly("scores", "early");
      double[][] actual = Logits.of(network);
      Logits.assertClose("scores", actual[0], logits, PyTorch.TOLERANCE);
      assertThat(actual[1]).hasSize(1000).doesNotContain(0, Double.NaN).isNotEqualTo(actual[0]);
    }
  }
}
