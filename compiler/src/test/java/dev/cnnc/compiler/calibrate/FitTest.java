package dev.cnnc.compiler.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.predict.KindFactors;
import dev.cnnc.compiler.predict.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FitTest {
  private static final KindFactors TRUE =
      new KindFactors(Map.of("step", 700.0, "multiplications", 0.01, "weights", 1.25), 0, 0);

  /** From 1 us to 1 ms, and the large ones do not decide alone. */
  @Test
  void factorsOfMadeUpTimesAreFound() {
    List<Fit.Sample> samples = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 30; i++) {
      Work work =
          new Work(
              "some",
              Map.of(
                  "step",
                  1.0,
                  "multiplications",
                  Math.exp(10 + 8 * random.nextDouble()),
                  "weights",
                  1e4 * random.nextDouble(),
                  "read",
                  1e3 * random.nextDouble()));
      samples.add(new Fit.Sample(work, TRUE.nanoseconds(work)));
    }
    KindFactors found = Fit.of(samples).get("some");
    TRUE.factors()
        .forEach(
            (name, factor) ->
                assertThat(found.factors().get(name))
                    .as(name)
                    .isCloseTo(factor, within(1e-4 * factor)));
    assertThat(found.factors().getOrDefault("read", 0.0)).isLessThan(1e-4);
    assertThat(found.samples()).isEqualTo(30);
    assertThat(found.error()).isLessThan(1e-5);
  }

  @Test
  void eachKindHasItsOwnFactorsAndAllTogetherHaveSome() {
    Map<String, KindFactors> found =
        Fit.of(
            List.of(
                sample("fast", 1000, 2000),
                sample("fast", 3000, 6000),
                sample("slow", 1000, 8000),
                sample("slow", 2000, 16000)));
    assertThat(found).containsOnlyKeys("fast", "slow", Work.ANY);
    assertThat(time(found, "fast")).isCloseTo(200, within(0.1));
    assertThat(time(found, "slow")).isCloseTo(800, within(0.1));
    assertThat(time(found, Work.ANY)).isBetween(201.0, 799.0);
    assertThat(found.get(Work.ANY).samples()).isEqualTo(4);
    assertThat(found.get(Work.ANY).error()).isGreaterThan(0.2);
  }

  private static double time(Map<String, KindFactors> found, String kind) {
    return found.get(kind).nanoseconds(new Work(kind, Map.of("floats", 100.0)));
  }

  private static Fit.Sample sample(String kind, double floats, double nanoseconds) {
    return new Fit.Sample(new Work(kind, Map.of("floats", floats)), nanoseconds);
  }
}
