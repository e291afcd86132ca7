package dev.cnnc.compiler.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.Prediction;
import dev.cnnc.compiler.predict.ReadSpeed;
import dev.cnnc.compiler.predict.Sharing;
import dev.cnnc.compiler.predict.Work;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A calibration from the networks to the profile; runs are counted, no time is expected. */
class CalibrationTest {
  private static final TimedPlan.Patience ONCE =
      new TimedPlan.Patience(Duration.ZERO, Duration.ZERO, Duration.ZERO, 3);

  @Test
  void everyKindThatWasSeenGetsFactors() {
    Network network =
        network(
            """
            network tiny
            input image [3, 12, 12]
            weights synthetic
            image -> [conv(20, 3x3, pad: 1) -> relu] * 4 -> conv(24, 1x1) -> gap -> fc(5)
            """);
    ReadSpeed speed = new ReadSpeed(List.of(new ReadSpeed.Point(1 << 20, 0.01)));
    TimedPlan times = TimedPlan.of(network, new CompiledHere(), 2, ONCE);
    assertThat(times.nanoseconds()).hasSize(times.plan().steps().size() + 1);
    assertThat(times.nanoseconds().subList(0, times.plan().steps().size()))
        .allSatisfy(time -> assertThat(time).isPositive());
    MachineProfile profile = Calibration.fit(ThisHost.describe(), 100, speed, List.of(times));
    assertThat(profile.kinds())
        .containsKeys("WinogradConv squares", "Fc F32", Work.ANY, Work.OUTSIDE);
    assertThat(times.shared().get(2)).hasSize(times.plan().steps().size() + 1);
    assertThat(profile.sharing().get(2).kinds()).containsKeys("WinogradConv squares", Work.ANY);
    assertThat(profile.sharing().get(2).error()).isFinite();
    assertThat(Prediction.of(times.plan(), profile, 2).nanoseconds()).isPositive();
    Prediction prediction = Prediction.of(times.plan(), profile);
    assertThat(prediction.steps()).hasSize(times.plan().steps().size());
    assertThat(prediction.nanoseconds()).isPositive();
  }

  /** Steps that were made up: a fifth slower than ideal, and 700 ns for the handover. */
  @Test
  void sharingIsFoundInTheTimesOfBoth() {
    Sharing sharing = sharing(1);
    assertThat(sharing.alone()).isCloseTo(1.1, within(1e-9));
    Sharing.Shared convs = sharing.kinds().get("WinogradConv squares");
    assertThat(convs.slowdown()).isCloseTo(1.2, within(1e-6));
    assertThat(convs.handover()).isCloseTo(700, within(1e-2));
    assertThat(sharing.kinds()).containsKey(Work.ANY).doesNotContainKey("Fc F32");
  }

  /** The JIT had not compiled a step when one thread was measured: 30 times as long. */
  @Test
  void oneLateStepDoesNotCountMoreThanOthers() {
    Sharing.Shared convs = sharing(30).kinds().get("WinogradConv squares");
    assertThat(convs.slowdown()).isBetween(1.0, 1.2);
    for (double ideal : List.of(8e3, 14e3, 20e3)) {
      double time = 1.2 * ideal + 700;
      assertThat(convs.slowdown() * ideal + convs.handover()).isCloseTo(time, within(0.2 * time));
    }
  }

  /**
   * From eight convs and three other steps.
   *
   * @param late by which one thread took longer for the first conv
   */
  private static Sharing sharing(double late) {
    Network network =
        network(
            """
            network tiny
            input image [32, 40, 40]
            weights synthetic
            image -> [conv(48, 3x3, pad: 1) -> relu] * 8 -> conv(64, 1x1) -> gap -> fc(5)
            """);
    Plan plan = Planner.plan(Passes.improved(network));
    List<Double> single = new ArrayList<>();
    List<Double> shared = new ArrayList<>();
    double factor = late;
    for (Step step : plan.steps()) {
      double time = 1e4 + 3e3 * single.size();
      double longest = Sharing.longest(step, 2);
      shared.add(longest == 1 ? 1.1 * time : 1.2 * longest * time + 700);
      single.add(longest == 1 ? time : factor * time);
      factor = longest == 1 ? factor : 1;
    }
    single.add(100.0);
    shared.add(110.0);
    TimedPlan times = new TimedPlan(plan, single, Map.of(2, shared));
    ReadSpeed speed = new ReadSpeed(List.of(new ReadSpeed.Point(1 << 20, 0.01)));
    return Calibration.fit(ThisHost.describe(), 100, speed, List.of(times)).sharing().get(2);
  }

  private static Network network(String text) {
    return Lowering.lower(Parser.parse(new Source("tiny.cnn", text)), Path.of(""))
        .network()
        .orElseThrow();
  }
}
