package dev.cnnc.compiler.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.compiler.plan.Step.Purpose;
import dev.cnnc.compiler.testing.NetworkFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No layer of a network goes unseen, and none is seen before it is there. */
class WatchedTest {

  static Stream<Path> networks() {
    return NetworkFiles.all().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyLayerIsSeenBehindItsLastStep(Path file) throws IOException {
    Network written = Frontend.of(file).written().orElseThrow();
    Plan plan = Planner.plan(Passes.improved(written));
    List<Watched> watched = Watched.of(written.graph(), plan);
    int[] last = new int[plan.network().graph().nodes().size()];
    for (int index = 0; index < plan.steps().size(); index++) {
      last[plan.steps().get(index).node().id()] = index;
    }
    Set<Integer> seen = new HashSet<>();
    watched.forEach(each -> seen.add(each.step()));
    for (int index = 0; index < plan.steps().size(); index++) {
      int node = plan.steps().get(index).node().id();
      boolean clears = plan.steps().get(index).purpose() == Purpose.HALO;
      if (!clears && last[node] == index) {
        assertThat(seen).as(plan.steps().get(index).node().name()).contains(index);
      }
    }
    assertThat(watched).extracting(each -> each.written().id()).doesNotHaveDuplicates();
    assertThat(watched)
        .allSatisfy(
            each -> assertThat(each.view().size()).isEqualTo(each.written().shape().size()));
  }
}
