package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.Winograd;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.KernelGroups;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpaceToDepthConvTest {
  private static final Window STEM = new Window(7, 7, 2, 2, 1, 1, Padding.all(3));

  @Test
  void ofStems() {
    // 23 tiles of 5 and three rows more.
    check(STEM, new Winograd(5, 5, Window.of(4, 4)), new Shape(12, 118, 118));
    Window eleven = new Window(11, 11, 4, 4, 1, 1, Padding.all(2));
    check(eleven, new Winograd(4, 4, Window.of(3, 3)), new Shape(48, 58, 58));
  }

  private static void check(Window window, Winograd winograd, Shape squares) {
    assertThat(of(3, 224, 64, window)).contains(new SpaceToDepthConv(window, squares, winograd));
  }

  @Test
  void refuses() {
    Window small = new Window(3, 3, 2, 2, 1, 1, Padding.all(1));
    assertThat(of(3, 224, 32, small)).as("two taps in a direction").isEmpty();
    Window patches = new Window(16, 16, 16, 16, 1, 1, Padding.NONE);
    assertThat(of(3, 224, 768, patches)).as("one tap").isEmpty();
    assertThat(of(1, 224, 64, STEM)).as("four channels of squares").isEmpty();
    assertThat(of(64, 56, 64, STEM)).as("many channels").isEmpty();
    Window dense = new Window(7, 7, 1, 1, 1, 1, Padding.all(3));
    assertThat(of(12, 112, 64, dense)).as("a stride of 1").isEmpty();
    Window dilated = new Window(7, 7, 2, 2, 2, 2, Padding.all(6));
    assertThat(of(3, 224, 64, dilated)).as("dilation").isEmpty();
    Network network = network(3, 224, 64, STEM);
    assertThat(of(CompiledGraph.exact(network))).as("exact").isEmpty();
  }

  /** Else the tests of kernels would say nothing. */
  @Test
  void stemGraphsHaveThem() {
    for (Map.Entry<String, Graph> each : KernelGroups.all().entrySet()) {
      if (each.getKey().startsWith("stem of")) {
        assertThat(of(CompiledGraph.improved(each.getValue())))
            .as(each.getKey())
            .hasSizeGreaterThan(12);
      }
    }
  }

  /** A picture is dead when its conv writes, so that they may share memory. */
  @Test
  void thePictureLivesUntilItIsCopied() {
    Memory memory = Memory.of(network(3, 224, 64, STEM), Agreement.NONE);
    Storage picture = memory.storages().get(memory.storageOf().getFirst());
    Storage output = memory.storages().get(memory.storageOf().getLast());
    Storage squares = memory.storages().getLast();
    assertThat(picture.meets(output)).isFalse();
    assertThat(squares.meets(picture)).isTrue();
    assertThat(squares.meets(output)).isTrue();
  }

  private static Optional<SpaceToDepthConv> of(int channels, int side, int filters, Window window) {
    return of(network(channels, side, filters, window)).stream().findFirst();
  }

  private static List<SpaceToDepthConv> of(Network network) {
    Choices choices = Choices.of(network, Agreement.NONE);
    return network.graph().nodes().stream()
        .flatMap(node -> choices.squares(node).stream())
        .toList();
  }

  private static Network network(int channels, int side, int filters, Window window) {
    GraphBuilder graph = new GraphBuilder(channels, side, side);
    return CompiledGraph.improved(graph.build(graph.conv("conv", 0, filters, window)));
  }
}
