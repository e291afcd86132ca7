package dev.cnnc.compiler.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads share the units of a step as the runtime does. */
class SharingTest {
  private static final MachineProfile.Host HOST =
      new MachineProfile.Host("2026-11-30", "1", "CPU", List.of(), "25", List.of(), 16, 2);

  /** A conv of 64 rows, which is worth a second thread, and an fc of one unit, which is not. */
  private static Plan plan() {
    String text =
        """
        network shared
        input image [64, 64, 64]
        image -> conv(64, 1x1) -> gap -> fc(10)
        """;
    Network written =
        Lowering.lower(Parser.parse(new Source("shared.cnn", text)), Path.of(""))
            .network()
            .orElseThrow();
    return Planner.plan(Passes.improved(written));
  }

  private static Step step(int units, int portion) {
    Step step = plan().steps().getFirst();
    return new Step(
        step.node(),
        step.purpose(),
        step.kernel(),
        step.reads(),
        step.write(),
        step.weights(),
        units,
        portion);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 1, 1, 1",
    "7, 1, 2, 0.5714285714285714",
    "8, 2, 2, 0.5",
    "7, 2, 3, 0.42857142857142855",
    "7, 2, 64, 0.14285714285714285",
    // Not worth a second thread, or not divisible.
    "7, 7, 2, 1",
    "1, 1, 2, 1"
  })
  void theBusiestThreadCounts(int units, int portion, int threads, double longest) {
    assertThat(Sharing.longest(step(units, portion), threads)).isEqualTo(longest);
  }

  @Test
  void sharedStepsTakeTheLongestShareAndTheHandover() {
    Plan plan = plan();
    double longest = Sharing.longest(plan.steps().getFirst(), 2);
    assertThat(longest).isBetween(0.5, 0.6);
    MachineProfile profile =
        new MachineProfile(
            HOST,
            100,
            0.1,
            new ReadSpeed(List.of(new ReadSpeed.Point(1024, 0.5))),
            Map.of(Work.ANY, new KindFactors(Map.of("step", 1000.0), 9, 0.1)),
            Map.of(2, new Sharing(1.25, Map.of(Work.ANY, new Sharing.Shared(1.1, 300)), 0.05)));
    List<Prediction.Part> alone = Prediction.of(plan, profile).steps();
    List<Prediction.Part> shared = Prediction.of(plan, profile, 2).steps();
    assertThat(alone.getFirst().nanoseconds()).isEqualTo(1000);
    assertThat(shared.getFirst().nanoseconds()).isCloseTo(1100 * longest + 300, within(1e-9));
    assertThat(shared.getLast().nanoseconds()).isEqualTo(1250);
    assertThat(Prediction.of(plan, profile, 2).inputAndOutput()).isEqualTo(1250);
    assertThatThrownBy(() -> Prediction.of(plan, profile, 3))
        .hasMessage("the profile knows nothing of 3 threads");
  }
}
