package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.FcGraphs;
import dev.cnnc.compiler.testing.KernelGroups;
import dev.cnnc.compiler.testing.PrologueGraphs;
import dev.cnnc.runtime.weights.Storage;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kernel occurs in a graph that a test compares with the reference. */
public class KernelCoverageTest {

  @Test
  void everyKernelIsCompared() {
    Set<Class<?>> compared =
        Stream.of(
                // KernelsTest, ScaledConvTest and HalvesTest compare these.
                KernelGroups.all().values().stream().map(CompiledGraph::improved),
                Stream.of(PrologueGraphs.scales(1), PrologueGraphs.gates(1))
                    .map(CompiledGraph::improved),
                Stream.of(CompiledGraph.improved(FcGraphs.fcs()).with(Storage.F16)))
            .flatMap(networks -> networks)
            .map(Planner::plan)
            .flatMap(plan -> kernels(List.of(plan)).stream())
            .collect(Collectors.toSet());
    assertThat(all()).hasSizeGreaterThan(30).isEqualTo(compared);
  }

  /** All that there are. */
  public static Set<Class<?>> all() {
    return kernels(Kernel.class);
  }

  /** Those of some plans. */
  public static Set<Class<?>> kernels(Collection<Plan> plans) {
    return plans.stream()
        .flatMap(plan -> plan.steps().stream())
        .<Class<?>>map(step -> step.kernel().getClass())
        .collect(Collectors.toSet());
  }

  /** The records below a sealed interface. */
  private static Set<Class<?>> kernels(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(permitted -> kernels(permitted).stream())
            .collect(Collectors.toSet())
        : Set.of(type);
  }
}
