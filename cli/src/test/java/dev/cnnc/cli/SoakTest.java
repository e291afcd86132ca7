package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SoakTest {
  @TempDir private Path folder;

  @Test
  void tellsPercentilesAllocationAndTheHeap() {
    Cnnc answer = Cnnc.run("bench", Cnnc.tiny(folder), "--soak", "0.001");
    assertThat(answer.status()).isZero();
    assertThat(answer.out())
        .containsPattern("(?m)^runs +[\\d,]+$")
        .containsPattern("(?m)^p50 +[\\d.,]+ ms$")
        .containsPattern("(?m)^p99 +[\\d.,]+ ms$")
        .containsPattern("(?m)^p99.9 +[\\d.,]+ ms$")
        .containsPattern("(?m)^longest +[\\d.,]+ ms$")
        .containsPattern("(?m)^allocation +[\\d,]+ bytes in all runs$")
        .containsPattern("(?m)^collections +\\d+$")
        .containsPattern("(?m)^heap +[\\d,]+ bytes before, [\\d,]+ after$")
        .containsPattern("(?m)^bits +the same in all runs$");
    JsonNode json =
        JsonMapper.shared()
            .readTree(Cnnc.run("bench", Cnnc.tiny(folder), "--soak", "0", "--json").out());
    assertThat(json.get("runs").longValue()).isEqualTo(1);
    assertThat(json.get("sameBits").booleanValue()).isTrue();
    JsonNode times = json.get("milliseconds");
    assertThat(times.get("longest").doubleValue())
        .isEqualTo(times.get("p50").doubleValue())
        .isPositive();
  }

  /** The listener writes into the arena, as a fault would. */
  @Test
  void endsInTheRunWithOtherBits() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Terminal terminal = new Terminal(nowhere, nowhere, false);
    NetworkFile file =
        NetworkFile.open(Cnnc.tiny(folder), Optional.empty(), new OutsideOption(), terminal)
            .orElseThrow();
    try (Progress progress = new Progress(terminal, Duration.ofDays(1));
        Loaded loaded = Loaded.of(file, 1, progress)) {
      float[] shift = {0};
      loaded
          .network()
          .listen(
              (_, _, arena) -> {
                for (int i = 0; i < arena.length; i++) {
                  arena[i] += shift[0];
                }
                shift[0]++;
              });
      Soak soak = Soak.of(loaded, Duration.ofDays(1), progress);
      assertThat(soak.changed()).hasValue(1);
      assertThat(SoakText.text(soak)).contains("CHANGED in run 1\n");
      assertThat(SoakText.json(soak)).contains("\"sameBits\"").contains("false");
    }
  }

  @Test
  void refusesWhatIsNoTime() {
    assertThat(Cnnc.run("bench", Cnnc.tiny(folder), "--soak", "-1").err())
        .contains("--soak takes a number from 0 to 10080, not -1.0");
  }
}
