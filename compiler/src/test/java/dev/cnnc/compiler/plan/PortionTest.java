package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.plan.kernel.SpaceToDepth;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.NetworkFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small layers are the caller's alone, weights are read for many pixels at once. */
class PortionTest {

  @Test
  void ofSmallLayersIsAll() throws IOException {
    Map<String, Boolean> alone = new LinkedHashMap<>();
    Plan plan = NetworkFiles.compile(NetworkFiles.named("lenet5")).plan();
    for (Step step : plan.steps()) {
      alone.put(step.node().name(), step.portion() == step.units());
    }
    assertThat(alone)
        .containsEntry("conv1", false)
        .containsEntry("conv2", false)
        .containsEntry("fc1", true)
        .containsEntry("fc3", true);
  }

  @Test
  void ofSmallSquaresIsAll() {
    GraphBuilder graph = new GraphBuilder(3, 32, 32);
    Window window = new Window(7, 7, 2, 2, 1, 1, Padding.all(3));
    int conv = graph.conv("conv", 0, 64, window);
    Plan plan = Planner.plan(CompiledGraph.improved(graph.build(conv)));
    Step squares = plan.steps().getFirst();
    assertThat(squares.kernel()).isEqualTo(new SpaceToDepth(window));
    assertThat(squares.portion()).isEqualTo(squares.units());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isBetweenOneUnitAndAll(Path file) throws IOException {
    Plan plan = NetworkFiles.compile(file).plan();
    for (Step step : plan.steps()) {
      assertThat(step.portion())
          .as("%s, %s", step.node().name(), step.kernel())
          .isBetween(1, step.units());
    }
  }

  static List<Path> networks() {
    return NetworkFiles.all();
  }

  /** More than 120 pixels of a layer are several blocks, and each reads the weights. */
  @Test
  void ofConvsIsABlock() throws IOException {
    Plan plan = NetworkFiles.compile(NetworkFiles.named("squeezenet1_1")).plan();
    assertThat(plan.steps())
        .filteredOn(step -> step.kernel() instanceof TiledConv)
        .allSatisfy(
            step ->
                assertThat(step.portion() * Kernel.UNIT)
                    .isEqualTo(((TiledConv) step.kernel()).block())
                    .isBetween(96, 120));
  }
}
