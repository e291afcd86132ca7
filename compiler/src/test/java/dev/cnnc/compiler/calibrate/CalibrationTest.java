package dev.cnnc.compiler.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.Prediction;
import dev.cnnc.compiler.predict.ReadSpeed;
import dev.cnnc.compiler.predict.Work;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A calibration from the networks to the profile; runs are counted, no time is expected. */
class CalibrationTest {
  private static final TimedPlan.Patience ONCE =
      new TimedPlan.Patience(Duration.ZERO, Duration.ZERO, 3);

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
    TimedPlan times = TimedPlan.of(network, ONCE);
    assertThat(times.nanoseconds()).hasSize(times.plan().steps().size() + 1);
    assertThat(times.nanoseconds().subList(0, times.plan().steps().size()))
        .allSatisfy(time -> assertThat(time).isPositive());
    MachineProfile profile = Calibration.fit(ThisHost.describe(), speed, List.of(times));
    assertThat(profile.kinds())
        .containsKeys("WinogradConv squares", "Fc F32", Work.ANY, Work.OUTSIDE);
    Prediction prediction = Prediction.of(times.plan(), profile);
    assertThat(prediction.steps()).hasSize(times.plan().steps().size());
    assertThat(prediction.nanoseconds()).isPositive();
  }

  private static Network network(String text) {
    return Lowering.lower(Parser.parse(new Source("tiny.cnn", text)), Path.of(""))
        .network()
        .orElseThrow();
  }
}
