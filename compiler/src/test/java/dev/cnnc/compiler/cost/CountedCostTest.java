package dev.cnnc.compiler.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.KernelCoverageTest;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.compiler.plan.StepCost;
import dev.cnnc.compiler.plan.kernel.MinimalLine;
import dev.cnnc.compiler.plan.kernel.Winograd;
import dev.cnnc.compiler.plan.kernel.WinogradConv;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.Counted.Counts;
import dev.cnnc.compiler.testing.CountedRun;
import dev.cnnc.compiler.testing.FcGraphs;
import dev.cnnc.compiler.testing.KernelGroups;
import dev.cnnc.compiler.testing.PrologueGraphs;
import dev.cnnc.compiler.testing.Zoo;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Tile;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plan says of multiplications and of bytes is what its kernels do. */
class CountedCostTest {
  /** Steps of each kernel: with all of them the test takes four times as long. */
  private static final int ENOUGH = 40;

  /** Multiply-adds of an example: larger ones would take longer than all the rest. */
  private static final long MOST = 20_000_000;

  /** Floats of the zeros behind the bias that only wider tiles begin with. */
  private static final int OTHER_ZEROS = 48;

  @Test
  void ofEveryKernel() {
    Map<String, Plan> plans = new LinkedHashMap<>();
    Map<Class<?>, Integer> steps = new HashMap<>();
    plans.put("scales", Planner.plan(CompiledGraph.improved(PrologueGraphs.scales(1))));
    plans.put("gates", Planner.plan(CompiledGraph.improved(PrologueGraphs.gates(1))));
    Network halves = CompiledGraph.improved(FcGraphs.fcs()).with(Storage.F16);
    plans.put("halves", Planner.plan(halves));
    KernelGroups.all().entrySet().stream()
        .sorted(Comparator.comparingLong(family -> Cost.of(family.getValue()).macs()))
        .forEach(
            family -> {
              Plan plan = Planner.plan(CompiledGraph.improved(family.getValue()));
              if (plan.steps().stream()
                  .anyMatch(step -> steps.getOrDefault(kind(step), 0) < ENOUGH)) {
                plans.put(family.getKey(), plan);
                plan.steps().forEach(step -> steps.merge(kind(step), 1, Integer::sum));
              }
            });
    assertThat(KernelCoverageTest.kernels(plans.values())).isEqualTo(KernelCoverageTest.all());
    CountedRun.of(plans, (name, counts) -> check(name, plans.get(name), counts));
  }

  private static Class<?> kind(Step step) {
    return step.kernel().getClass();
  }

  @Test
  void ofSmallExamples() throws IOException {
    Map<String, Plan> plans = new LinkedHashMap<>();
    for (Network network : Zoo.improved(MOST)) {
      plans.put(network.graph().name(), Planner.plan(network));
    }
    assertThat(plans).containsKeys("lenet5").hasSizeGreaterThan(1);
    CountedRun.of(plans, (name, counts) -> check(name, plans.get(name), counts));
  }

  private static void check(String name, Plan plan, List<Counts> counted) {
    List<StepCost> planned = StepCost.of(plan);
    assertThat(counted).hasSameSizeAs(planned);
    for (int i = 0; i < counted.size(); i++) {
      StepCost cost = planned.get(i);
      long weights = cost.weights() - unread(cost.step());
      assertThat(new Counts(cost.multiplications(), weights, cost.read(), cost.written()))
          .as("%s, %s: %s", name, cost.step().node().name(), cost.step())
          .isEqualTo(counted.get(i));
    }
  }

  /** Packed weights that the kernels without vectors do not read in a step. */
  private static long unread(Step step) {
    if (!(step.kernel() instanceof WinogradConv conv)) {
      return 0;
    }
    Winograd tile = conv.tile();
    long used =
        used(tile.down(), step.write().height()) * used(tile.across(), step.write().width());
    long products = tile.weights() - used;
    int filters = Tile.padded(step.write().channels());
    return OTHER_ZEROS + products * step.reads().getFirst().channels() * filters;
  }

  /** No tile is whole in a direction with fewer outputs, which the last product would count in. */
  private static long used(MinimalLine line, int outputs) {
    long spared = line.phases().stream().filter(phase -> phase.taps() > 1).count();
    return line.weights() - (outputs < line.outputs() ? spared : 0);
  }
}
