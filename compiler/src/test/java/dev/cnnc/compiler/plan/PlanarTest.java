package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.KernelGroups;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanarTest {
  private static final Window THREE = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));
  private static final Op HALVED =
      new Op.Pool(Op.Reduction.MAX, new Window(2, 2, 2, 2, 1, 1, Padding.NONE), false, false);

  @Test
  void kernelsOfFewChannelsFollowEachOther() {
    assertThat(
            kernels(
                graph -> {
                  int pool = graph.add("pool", HALVED, graph.conv("conv", 0, 6, THREE));
                  graph.conv("next", pool, 16, THREE);
                }))
        .containsExactly("PlanarConv", "PlanarPool", "StripConv");
  }

  @Test
  void valuesThatOthersReadHaveTheirChannelsLast() {
    assertThat(
            kernels(
                graph -> {
                  int conv = graph.conv("conv", 0, 6, THREE);
                  int pool = graph.add("pool", HALVED, conv);
                  graph.conv("next", pool, 16, THREE);
                  graph.add("all", new Op.GlobalPool(Op.Reduction.AVERAGE), conv);
                }))
        .containsExactly("StripConv", "Pool", "TiledConv", "Pool");
    assertThat(
            kernels(
                graph -> {
                  graph.conv("conv", 0, 16, THREE);
                  graph.relu("relu", 0);
                }))
        .containsExactly("TiledConv", "Pointwise");
  }

  @Test
  void aPictureIsPlanarForConvsAlone() {
    Plan plan =
        plan(graph -> graph.conv("conv", 0, 64, new Window(3, 3, 2, 2, 1, 1, Padding.all(1))));
    assertThat(plan.views().getFirst().pixel()).isEqualTo(1);
    assertThat(plan.views().getFirst().plane()).isEqualTo(21 * 33);
    assertThat(plan(graph -> graph.conv("conv", 0, 64, Window.of(1, 1))).views().getFirst().plane())
        .isEqualTo(1);
  }

  /** Else the tests of kernels would say nothing. */
  @Test
  void kernelGraphsHaveThemAll() {
    Set<String> kernels = new HashSet<>();
    KernelGroups.all()
        .forEach(
            (name, graph) -> {
              if (name.startsWith("planar")) {
                kernels.addAll(names(Planner.plan(CompiledGraph.improved(graph))));
              }
            });
    assertThat(kernels).contains("PlanarConv", "PlanarPool", "StripConv", "TiledConv", "Pool");
  }

  private static List<String> kernels(Consumer<GraphBuilder> layers) {
    return names(plan(layers));
  }

  private static List<String> names(Plan plan) {
    return plan.steps().stream()
        .map(step -> step.kernel().getClass().getSimpleName())
        .filter(name -> !name.equals("ClearHalo"))
        .toList();
  }

  private static Plan plan(Consumer<GraphBuilder> layers) {
    GraphBuilder graph = new GraphBuilder(3, 20, 32);
    layers.accept(graph);
    return Planner.plan(
        CompiledGraph.improved(graph.build(IntStream.rangeClosed(1, graph.last()).toArray())));
  }
}
