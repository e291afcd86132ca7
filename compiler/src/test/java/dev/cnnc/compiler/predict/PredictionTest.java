package dev.cnnc.compiler.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.compiler.predict.MachineProfile.Host;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A plan and a profile made by hand give the numbers computed by hand. */
class PredictionTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  /** All bytes take 0.5 ns. */
  private static final ReadSpeed EVEN = new ReadSpeed(List.of(new ReadSpeed.Point(1024, 0.5)));

  /**
   * A list of 3 x 3 x 3 floats for each output, 32 of them, 8 x 8 pixels; then a pool and an fc.
   */
  private static Plan plan() {
    return plan(
        """
        network small
        input image [3, 8, 8]
        image -> first: conv(32, 3x3, stride: 2, pad: 1) -> relu -> gap -> last: fc(10)
        """);
  }

  private static Plan plan(String text) {
    Network written =
        Lowering.lower(Parser.parse(new Source("small.cnn", text)), Path.of(""))
            .network()
            .orElseThrow();
    return Planner.plan(Passes.improved(written));
  }

  private static Work work(Plan plan, String kind) {
    Map<String, Work> byKind =
        Work.of(plan, 16, EVEN).stream()
            .collect(Collectors.toMap(Work::kind, each -> each, (one, _) -> one));
    assertThat(byKind).containsKey(kind);
    return byKind.get(kind);
  }

  @Test
  void theWorkOfAConvIsCounted() {
    // 16 pixels by 32 outputs of 27 products; tiles of 8 pixels by 2 vectors.
    assertThat(work(plan(), "TiledConv LISTED in registers").amounts())
        .containsEntry("step", 1.0)
        .containsEntry("multiplications", 16 * 32 * 27.0)
        .containsEntry("sums2", 16 * 32 * 27.0)
        .containsEntry("calls", 2.0)
        // 27 products of 32 outputs and 32 biases, each 4 bytes of 0.5 ns.
        .containsEntry("weights", (27 * 32 + 32) * 2.0)
        .containsEntry("stored", 32.0)
        .containsEntry("operations", 32.0)
        .containsEntry("again", 0.0);
  }

  @Test
  void timesAreSumsOfFactorsAndAmounts() {
    Plan plan = plan();
    MachineProfile profile =
        profile(
            Map.of(
                "TiledConv LISTED in registers",
                new KindFactors(Map.of("multiplications", 0.01, "weights", 2.0), 5, 0.1),
                "Fc F32",
                new KindFactors(Map.of("step", 100.0), 2, 0.1),
                Work.OUTSIDE,
                new KindFactors(Map.of("step", 50.0, "in", 1.0, "out", 2.0), 5, 0.1),
                Work.ANY,
                new KindFactors(Map.of("multiplications", 1.0), 9, 0.5)));
    Prediction prediction = Prediction.of(plan, profile);
    List<String> names = plan.steps().stream().map(step -> step.node().name()).toList();
    Prediction.Part first = prediction.steps().get(names.lastIndexOf("first"));
    assertThat(first.nanoseconds()).isCloseTo(138.24 + 2 * 1792, CLOSE);
    assertThat(first.known()).isTrue();
    // Two steps of its kind are too few: 32 channels to 16 outputs, as any step.
    Prediction.Part last = prediction.steps().get(names.lastIndexOf("last"));
    assertThat(last.nanoseconds()).isCloseTo(32 * 16, CLOSE);
    assertThat(last.known()).isFalse();
    assertThat(prediction.inputAndOutput()).isCloseTo(50 + 3 * 64 + 2 * 10, CLOSE);
    assertThat(prediction.guessed()).isCloseTo(512, CLOSE);
    assertThat(prediction.nanoseconds()).isCloseTo(138.24 + 3584 + 512 + 262, CLOSE);
  }

  /** The second conv's weights push the first one's out of what is near. */
  @Test
  void whatARunTouchesInBetweenDecidesWhereBytesComeFrom() {
    String text =
        """
        network small
        input image [64, 8, 8]
        image -> conv(%s, 1x1) -> relu -> conv(64, 1x1)
        """;
    ReadSpeed speed =
        new ReadSpeed(List.of(new ReadSpeed.Point(100_000, 1), new ReadSpeed.Point(100_001, 10)));
    List<Work> few = Work.of(plan(text.formatted(64)), 16, speed);
    List<Work> many = Work.of(plan(text.formatted(256)), 16, speed);
    assertThat(few.getFirst().amounts()).containsEntry("weights", 4.0 * (64 * 64 + 64));
    assertThat(many.getFirst().amounts()).containsEntry("weights", 40.0 * (64 * 256 + 256));
    // Each conv reads what was written just before.
    double read = few.getLast().amounts().getOrDefault("read", 0.0);
    assertThat(read).isBetween(4.0 * 64 * 64, 4.2 * 64 * 64);
  }

  @Test
  void speedsBetweenTwoPointsFollowTheLogarithm() {
    ReadSpeed speed =
        new ReadSpeed(List.of(new ReadSpeed.Point(1000, 1), new ReadSpeed.Point(4000, 3)));
    assertThat(speed.nanoseconds(10)).isEqualTo(1);
    assertThat(speed.nanoseconds(1000)).isEqualTo(1);
    assertThat(speed.nanoseconds(2000)).isCloseTo(2, CLOSE);
    assertThat(speed.nanoseconds(4000)).isCloseTo(3, CLOSE);
    assertThat(speed.nanoseconds(1e12)).isEqualTo(3);
    assertThat(speed.beyondFastest(2000)).isCloseTo(1, CLOSE);
  }

  private static MachineProfile profile(Map<String, KindFactors> kinds) {
    Host host = new Host("2026-11-30", "1", "cpu", List.of(), "25", List.of(), 16, 2);
    return new MachineProfile(host, 100, 0.1, EVEN, kinds, Map.of());
  }
}
