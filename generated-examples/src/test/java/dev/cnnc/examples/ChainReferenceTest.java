package dev.cnnc.examples;

import static java.util.Map.entry;

import dev.cnnc.runtime.CompiledNetwork;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What {@link ReferenceTest} shows, for networks that are one layer after the other. A class of
 * their own, for a JVM of its own: they have most of the weights and take half the time.
 */
class ChainReferenceTest {

  /** How to load each. */
  static final Map<String, Supplier<CompiledNetwork>> NETWORKS =
      Map.ofEntries(
          entry("alexnet", networks.Alexnet::load),
          entry("alexnet_2012", networks.Alexnet_2012::load),
          entry("alexnet_single", networks.Alexnet_Single::load),
          entry("lenet5", networks.Lenet5::load),
          entry("nin", networks.Nin::load),
          entry("overfeat_fast", networks.Overfeat_Fast::load),
          entry("vgg11", networks.Vgg11::load),
          entry("vgg13", networks.Vgg13::load),
          entry("vgg16", networks.Vgg16::load),
          entry("vgg16_bn", networks.Vgg16_Bn::load),
          entry("vgg19", networks.Vgg19::load),
          entry("vgg_a_lrn", networks.Vgg_A_Lrn::load),
          entry("vgg_c", networks.Vgg_C::load),
          entry("zfnet", networks.Zfnet::load));

  @TestFactory
  Stream<DynamicTest> tensorsAndLogitsAreThoseOfPyTorch() {
    return PyTorch.tests(NETWORKS);
  }
}
