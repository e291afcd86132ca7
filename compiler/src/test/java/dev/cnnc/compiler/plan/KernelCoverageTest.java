package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.FcGraphs;
import dev.cnnc.compiler.testing.KernelGraphs;
import dev.cnnc.compiler.testing.PrologueGraphs;
import dev.cnnc.runtime.weights.Storage;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kernel occurs in a graph that a test compares with the reference. */
class KernelCoverageTest {

  @Test
  void everyKernelIsCompared() {
    Set<Class<?>> compared =
        Stream.of(
                // KernelsTest, ScaledConvTest and HalvesTest compare these.
                KernelGraphs.all().values().stream().map(CompiledGraph::improved),
                Stream.of(PrologueGraphs.scales(1), PrologueGraphs.gates(1))
                    .map(CompiledGraph::improved),
                Stream.of(CompiledGraph.improved(FcGraphs.fcs()).with(Storage.F16)))
            .flatMap(networks -> networks)
            .flatMap(network -> Planner.plan(network).steps().stream())
            .map(step -> step.kernel().getClass())
            .collect(Collectors.toSet());
    assertThat(kernels(Kernel.class)).hasSizeGreaterThan(30).isSubsetOf(compared);
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
