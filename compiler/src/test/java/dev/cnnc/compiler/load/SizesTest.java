package dev.cnnc.compiler.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.NetworkSizes;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class with several sizes gives what a class of each size gives, over one array of weights. */
class SizesTest {
  /** With a stem, 3x3 convs that Winograd serves, a gate, and a sequence behind the picture. */
  private static Network network(int height, int width) {
    String text =
        """
          network lines
          input image [3, %1$s, %2$s]
          preprocess { resize %1$sx%2$s; scale 1/255 }
          image
            -> conv(16, 3x3, stride: 2, pad: 1) -> bn -> relu
            -> conv(32, 3x3, pad: 1) -> bn -> relu
            -> add(identity, [conv(32, 3x3, pad: 1) -> bn -> relu])
            -> mul(identity, [gap -> conv(8, 1x1) -> relu -> conv(32, 1x1) -> sigmoid])
            -> dwconv(5x5, pad: 2) -> conv(64, 1x1) -> hardswish
            -> maxpool(16x1) -> conv(24, 1x1) -> softmax
        """
            .formatted(height, width);
    return Passes.improved(
        Lowering.lower(Parser.parse(new Source("lines.cnn", text)), Path.of("."))
            .network()
            .orElseThrow());
  }

  private static List<Network> networks(int... widths) {
    return IntStream.of(widths).mapToObj(width -> network(32, width)).toList();
  }

  private static NetworkSizes load(Backend backend, PackedWeights weights) throws Exception {
    Class<?> type = InMemory.define(backend.java().className(), compiled(backend));
    return (NetworkSizes)
        type.getMethod("load", PackedWeights.class, Threads.class, Start.class)
            .invoke(null, weights, Threads.caller(), Start.VECTORS);
  }

  private static Map<String, byte[]> compiled(Backend backend) {
    return JavaInMemory.compile(backend.java().sources());
  }

  private static PackedWeights weights(Backend backend) {
    return PackedWeights.of(backend.weights(), new Synthetic());
  }

  private static float[] input(Network network) {
    var shape = network.graph().node(0).shape();
    return new Synthetic()
        .tensor("input", List.of(shape.channels(), shape.height(), shape.width()));
  }

  @Test
  void itGivesWhatOneOfEachSizeGives() throws Exception {
    List<Network> networks = networks(2, 64, 160);
    Backend backend = Backend.of(networks, "");
    try (NetworkSizes sizes = load(backend, weights(backend));
        NetworkSizes fork = (NetworkSizes) sizes.getClass().getMethod("fork").invoke(sizes)) {
      for (Network network : Stream.concat(networks.stream(), networks.stream()).toList()) {
        float[] input = input(network);
        float[] right = alone(network, input);
        assertThat(sizes.run(input)).containsExactly(right, within(1e-5f));
        float[] output = new float[right.length];
        fork.run(input, output);
        assertThat(output).containsExactly(sizes.run(input));
      }
    }
  }

  private static float[] alone(Network network, float[] input) {
    Backend backend = Backend.of(network, "");
    try (CompiledNetwork one =
        InMemory.load(
            backend.java().className(), compiled(backend), weights(backend), Threads.caller())) {
      return one.run(input);
    }
  }

  /** Also where each size by itself would have kernels that read other orders. */
  @Test
  void noWeightIsPackedTwice() {
    List<Network> networks = networks(2, 32, 640);
    List<List<Object>> layouts = new ArrayList<>();
    for (Network network : networks) {
      layouts.add(
          Backend.of(network, "").weights().packed().stream()
              .map(each -> (Object) each.layout())
              .toList());
    }
    assertThat(layouts.get(0)).as("the small one has another order").isNotEqualTo(layouts.get(2));
    Backend joint = Backend.of(networks, "");
    assertThat(joint.weights().packed()).hasSameSizeAs(layouts.get(2));
    assertThat(joint.plans()).extracting(Plan::weights).containsOnly(joint.plan().weights());
    assertThat(joint.plans().stream().map(plan -> offsets(plan)).distinct()).hasSize(1);
  }

  private static List<Integer> offsets(Plan plan) {
    return plan.steps().stream().flatMap(step -> step.weights().stream()).toList();
  }

  @Test
  void aPictureGoesToTheSmallestThatKeepsItsProportions() throws Exception {
    Backend backend = Backend.of(networks(64, 32, 160), "");
    try (NetworkSizes sizes = load(backend, weights(backend))) {
      assertThat(sizes.sizeFor(picture(10, 10))).isEqualTo(1);
      assertThat(sizes.sizeFor(picture(11, 10))).isZero();
      assertThat(sizes.sizeFor(picture(200, 100))).isZero();
      assertThat(sizes.sizeFor(picture(201, 100))).isEqualTo(2);
      assertThat(sizes.sizeFor(picture(1000, 100))).isEqualTo(2);
      assertThat(sizes.classify(picture(11, 10))).isEqualTo(sizes.at(0).classify(picture(11, 10)));
    }
  }

  @Test
  void aPictureGoesToTheSmallestThatIsNotSmaller() throws Exception {
    Backend backend = Backend.of(List.of(network(48, 64), network(32, 32), network(96, 96)), "");
    try (NetworkSizes sizes = load(backend, weights(backend))) {
      assertThat(sizes.sizeFor(picture(32, 32))).isEqualTo(1);
      assertThat(sizes.sizeFor(picture(33, 32))).isZero();
      assertThat(sizes.sizeFor(picture(64, 49))).isEqualTo(2);
      assertThat(sizes.sizeFor(picture(900, 10))).isEqualTo(2);
    }
    assertThat(backend.java().network()).contains("class At32x32 ", "public At48x64 at48x64()");
  }

  private static Picture picture(int width, int height) {
    return new Picture(new byte[3 * width * height], width, height);
  }

  @Test
  void itSaysWhichSizesThereAre() throws Exception {
    Backend backend = Backend.of(List.of(network(32, 64), network(64, 32)), "");
    NetworkSizes sizes = load(backend, weights(backend));
    assertThatThrownBy(() -> sizes.run(new float[7]))
        .hasMessage("lines: no input has 7 numbers; its sizes are [3, 32, 64], [3, 64, 32]");
    assertThatThrownBy(() -> sizes.run(new float[3 * 32 * 64]))
        .hasMessage("lines: 6144 numbers are [3, 32, 64] or [3, 64, 32]: run at(0) or at(1)");
    assertThat(sizes.at(1).run(new float[3 * 32 * 64])).isNotEmpty();
    sizes.close();
    assertThatThrownBy(() -> sizes.at(0)).hasMessage("lines is closed: load it again");
  }
}
