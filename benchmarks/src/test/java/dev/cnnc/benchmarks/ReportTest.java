package dev.cnnc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.measure.Clock;
import dev.cnnc.compiler.measure.Times;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

  private static final Settings SETTINGS = new Settings(1, 4, Clock.THREAD, 1);

  /** Three processes, of which the middle one decides. */
  private static final Compared NETWORK =
      new Compared("net", List.of(fork(2.0, 4.0), fork(3.0, 4.0), fork(2.2, 2.0)));

  private static Measured fork(double ours, double theirs) {
    return new Measured("net", 100_000_000, 100, true, 1e-6, times(ours), times(theirs));
  }

  private static Times.Summary times(double milliseconds) {
    long least = Math.round(milliseconds * 1e6);
    return new Times.Summary(50, least, 2 * least, 3 * least);
  }

  @Test
  void aRowIsOfMedians() {
    assertThat(new Report(SETTINGS).row(NETWORK))
        .isEqualTo(
            "| net | 2.200 | 4.400 | 6.600 | 4.000 | 8.000 | 12.000 | **0.75** | 0.75"
                + " | 0.50 0.75 1.10 | 50 % | 45 | 45 % |\n");
  }

  @Test
  void theSummaryTellsHowItWasMeasured() {
    assertThat(new Report(SETTINGS).summary(List.of(NETWORK, NETWORK)))
        .isEqualTo(
            "\nGeometric mean of the ratios: 0.75. 1 thread, clock THREAD, calling thread on"
                + " processor 1. Peak of one thread: 100 to 100 GFLOP/s. Largest difference of"
                + " outputs: 1.0e-06.\n");
  }

  @Test
  void processesTellWhatTheyMeasured() {
    Measured measured = NETWORK.forks().getFirst();
    String line = JsonMapper.shared().writeValueAsString(measured);
    assertThat(JsonMapper.shared().readValue(line, Measured.class)).isEqualTo(measured);
    assertThat(Settings.parse(SETTINGS.words())).isEqualTo(SETTINGS);
  }
}
