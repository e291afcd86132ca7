package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {

  @Test
  void tellsTimesAndWhereTheyGo() {
    Cnnc answer = Cnnc.run("bench", Cnnc.LENET5, "--seconds", "0", "--profile");
    assertThat(answer.status()).isZero();
    assertThat(answer.out())
        .containsPattern("(?m)^layer +kernel +output +microseconds +share +GFLOP/s +of peak$")
        .containsPattern(
            "(?m)^conv1 +PlanarConv +\\[6, 28, 28\\] +[\\d.,]+ +[\\d.]+ % +[\\d.]+ +\\d+ %$")
        .containsPattern("(?m)^total +[\\d.,]+ +100\\.0 % ")
        .containsPattern("(?m)^first run +[\\d.,]+ ms$")
        .containsPattern("(?m)^median +[\\d.,]+ ms$")
        .containsPattern("(?m)^allocation +[\\d,]+ bytes a run$")
        .containsPattern("(?m)^speed +[\\d.]+ GFLOP/s in the fastest run, \\d+ % of the peak of ");
  }

  @Test
  void jsonHasTheSameAndThePartsAreTheWhole() {
    Cnnc answer =
        Cnnc.run("bench", Cnnc.LENET5, "--seconds", "0", "--profile", "--json", "--threads", "2");
    JsonNode bench = JsonMapper.shared().readTree(answer.out());
    assertThat(bench.get("network").asString()).isEqualTo("lenet5");
    assertThat(bench.get("threads").intValue()).isEqualTo(2);
    assertThat(bench.get("runs").intValue()).isGreaterThanOrEqualTo(30);
    JsonNode times = bench.get("milliseconds");
    double least = times.get("least").doubleValue();
    assertThat(least).isPositive();
    assertThat(times.get("median").doubleValue()).isGreaterThanOrEqualTo(least);
    assertThat(times.get("p99").doubleValue())
        .isGreaterThanOrEqualTo(times.get("median").doubleValue());
    // Slower as a rule, but a loaded machine knows no rules.
    assertThat(times.get("first").doubleValue()).isPositive();
    long operations =
        StreamSupport.stream(bench.get("profile").spliterator(), false)
            .mapToLong(part -> part.get("operations").longValue())
            .sum();
    assertThat(operations).isEqualTo(2 * 416_520);
    double expected = operations / (least * 1e6);
    assertThat(bench.get("gigaflops").doubleValue()).isCloseTo(expected, within(1e-3 * expected));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(Cnnc.run("bench", Cnnc.LENET5, "--threads", "0").err())
        .contains("--threads takes a number from 1 to 1024, not 0");
    assertThat(Cnnc.run("bench", Cnnc.LENET5, "--seconds", "-1"))
        .extracting(Cnnc::status)
        .isEqualTo(2);
  }
}
