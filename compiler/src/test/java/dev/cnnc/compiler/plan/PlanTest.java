package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.KernelGroups;
import dev.cnnc.compiler.testing.NetworkFiles;
import dev.cnnc.compiler.testing.RandomGraphs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No value is overwritten while somebody will read it, and memory is not wasted. */
class PlanTest {

  /** Of the arena, beside the values that are alive at once at the worst moment. */
  private static final double WASTE = 1.1;

  static Stream<Path> networks() {
    return NetworkFiles.all().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void ofNetworks(Path file) throws IOException {
    Plan plan = NetworkFiles.compile(file).plan();
    check(file.toString(), plan);
    assertThat(waste(plan)).isBetween(1.0, WASTE);
  }

  /** In a small arena a gap of one line of the cache is much, so only large ones are measured. */
  @Test
  void ofRandomGraphs() {
    List<Double> wastes = new ArrayList<>();
    for (long seed = 4000; seed < 4100; seed++) {
      for (Graph graph : List.of(RandomGraphs.of(seed), RandomGraphs.wide(seed))) {
        Plan plan = Planner.plan(CompiledGraph.improved(graph));
        check("seed " + seed, plan);
        if (plan.arena() > 1000) {
          wastes.add(waste(plan));
        }
      }
    }
    assertThat(wastes).hasSizeGreaterThan(40);
    assertThat(wastes.stream().filter(waste -> waste > WASTE).count())
        .as("arenas that waste a tenth")
        .isLessThan(wastes.size() / 20);
  }

  @Test
  void ofGraphsOfSeveralInputs() {
    for (long seed = 4000; seed < 4200; seed++) {
      Graph graph = RandomGraphs.ofSeveralInputs(seed);
      check("seed " + seed, Planner.plan(CompiledGraph.improved(graph)));
    }
  }

  @Test
  void ofKernelGraphs() {
    KernelGroups.all()
        .forEach((name, graph) -> check(name, Planner.plan(CompiledGraph.improved(graph))));
  }

  /** Where the picture was lies a halo, which is cleared when squares have been copied of it. */
  @Test
  void ofAHaloInThePlaceOfAPicture() {
    GraphBuilder graph = new GraphBuilder(3, 64, 64);
    int stem = graph.conv("stem", 0, 64, new Window(7, 7, 2, 2, 1, 1, Padding.all(3)));
    int conv = graph.conv("conv", stem, 64, new Window(3, 3, 1, 1, 1, 1, Padding.all(1)));
    Plan plan = Planner.plan(CompiledGraph.improved(graph.build(conv)));
    assertThat(plan.steps().stream().map(step -> step.kernel().getClass().getSimpleName()))
        .containsExactly("SpaceToDepth", "ClearHalo", "WinogradConv", "WinogradConv");
    check("stem and conv", plan);
  }

  private static double waste(Plan plan) {
    return plan.arena() / (double) Planner.arenaLowerBound(plan.network());
  }

  /** Twice, for the second run finds what the first one left. */
  private static void check(String what, Plan plan) {
    MemoryMap memory = new MemoryMap(plan);
    try {
      memory.run();
      memory.run();
    } catch (AssertionError e) {
      throw new AssertionError(what + ": " + e.getMessage(), e);
    }
  }
}
