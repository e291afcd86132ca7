package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.predict.ThisCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {
  @TempDir private Path folder;

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

  /** 64,064 multiplications of fcs at 0.1 ns; the other steps were not calibrated. */
  @Test
  void showsWhatWasPredictedBesideIt() throws IOException {
    Path profile = SomeProfile.write(folder, ThisCompiler.version());
    Cnnc answer = Cnnc.run("bench", Cnnc.LENET5, "--seconds", "0", "--profile", "--on", profile);
    assertThat(answer.err()).contains("belongs to another machine (the CPU: some CPU there, ");
    assertThat(answer.out())
        .containsPattern("(?m)^layer .* of peak +predicted +off by$")
        .containsPattern("(?m)^conv1 .* \\? 0\\.3 +-\\d+ %$")
        .containsPattern("(?m)^fc1 .* 5\\.1 +[+-][\\d,]+ %$")
        .containsPattern("(?m)^total .* 8\\.4 +[+-][\\d,]+ %$")
        .containsPattern("(?m)^predicted +0\\.008 ms, [+-][\\d.]+ % of the median$")
        .containsPattern("(?m)^within 20 % +\\d of \\d layers that take more than 1 % of a run$")
        .containsPattern("(?m)^worst +\\w+ [+-][\\d.,]+ microseconds, \\w+ ");
    JsonNode bench =
        JsonMapper.shared()
            .readTree(
                Cnnc.run(
                        "bench",
                        Cnnc.LENET5,
                        "--seconds",
                        "0",
                        "--profile",
                        "--on",
                        profile,
                        "--json")
                    .out());
    assertThat(bench.get("predictedMilliseconds").doubleValue()).isCloseTo(0.0084404, within(1e-9));
    JsonNode fc3 = bench.get("profile").get(7);
    assertThat(fc3.get("layer").asString()).isEqualTo("fc3");
    assertThat(fc3.get("predictedMilliseconds").doubleValue()).isCloseTo(0.0001344, within(1e-9));
    assertThat(fc3.get("calibrated").asBoolean()).isTrue();
    assertThat(bench.get("worst").size()).isEqualTo(3);
    assertThat(bench.get("near").intValue()).isLessThanOrEqualTo(bench.get("judged").intValue());
  }

  @Test
  void judgesTheLayersThatTakeTime() {
    Forecast forecast =
        new Forecast(
            List.of(
                new Forecast.Part("good", 1000, 1190, true),
                new Forecast.Part("far", 1000, 500, true),
                new Forecast.Part("long", 8000, 7300, true),
                new Forecast.Part("short", 50, 5000, true),
                new Forecast.Part("", 1000, 9000, true)));
    assertThat(forecast.judged()).isEqualTo(3);
    assertThat(forecast.near()).isEqualTo(2);
    assertThat(forecast.worst())
        .extracting(Forecast.Part::layer)
        .containsExactly("long", "far", "good");
    assertThat(forecast.predicted()).isEqualTo(22_990);
  }

  @Test
  void refusesWhatMakesNoSense() throws IOException {
    Path profile = SomeProfile.write(folder, ThisCompiler.version());
    assertThat(Cnnc.run("bench", Cnnc.LENET5, "--on", profile).err())
        .contains("--on predicts the layers of --profile: write both, without --soak");
    assertThat(Cnnc.run("bench", Cnnc.LENET5, "--threads", "0").err())
        .contains("--threads takes a number from 1 to 1024, not 0");
    assertThat(Cnnc.run("bench", Cnnc.LENET5, "--seconds", "-1"))
        .extracting(Cnnc::status)
        .isEqualTo(2);
  }
}
