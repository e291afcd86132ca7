package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.runtime.Warmth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScalingTest {
  @TempDir private Path folder;

  @Test
  void tellsTheRateOfEachNumberOfInstances() {
    Cnnc answer = Cnnc.run("bench", Cnnc.tiny(folder), "--forks-scaling", "--seconds", "0");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.status()).isZero();
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(answer.out())
        .containsPattern("(?m)^instances +pictures a second +of linear$")
        .containsPattern("(?m)^ +1 +[\\d,.]+ +100 %$")
        .containsPattern("(?m)^ +" + processors + " +[\\d,.]+ +\\d+ %$");
    JsonNode json =
        JsonMapper.shared()
            .readTree(
                Cnnc.run("bench", Cnnc.tiny(folder), "--forks-scaling", "--seconds", "0", "--json")
                    .out());
    assertThat(json.propertyNames()).containsExactly("network", "steady", "scaling");
    assertThat(json.get("scaling").size()).isEqualTo(processors);
    JsonNode last = json.get("scaling").get(processors - 1);
    assertThat(last.get("instances").intValue()).isEqualTo(processors);
    assertThat(last.get("picturesPerSecond").doubleValue()).isPositive();
    assertThat(last.get("ofLinear").doubleValue()).isPositive();
  }

  @Test
  void comparesWithAsManyTimesOne() {
    Warmth warmth = new Warmth(true, 1, Duration.ZERO, Duration.ZERO);
    Scaling scaling = new Scaling("net", warmth, List.of(1000.0, 1900.0, 2100.0));
    assertThat(scaling.ofLinear(1)).isEqualTo(1);
    assertThat(scaling.ofLinear(2)).isCloseTo(0.95, within(1e-12));
    assertThat(ScalingText.text(scaling))
        .isEqualTo(
            """
            network             net
            warm-up             steady

            instances  pictures a second  of linear
                    1            1,000.0      100 %
                    2            1,900.0       95 %
                    3            2,100.0       70 %
            """);
  }

  @Test
  void refusesWhatItDoesNotMeasure() {
    for (String[] other :
        new String[][] {{"--threads", "2"}, {"--soak", "1"}, {"--profile", "--json"}}) {
      Cnnc answer = Cnnc.run("bench", Cnnc.tiny(folder), "--forks-scaling", other[0], other[1]);
      assertThat(answer.status()).isEqualTo(2);
      assertThat(answer.err())
          .contains("--forks-scaling measures instances of one thread: leave out --soak");
    }
  }
}
