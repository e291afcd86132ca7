package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** On a clock of its own: a run takes as many milliseconds as the test says. */
class WarmUpTest {
  private long now;
  private long bytes;
  private long compiled;
  private int runs;

  private Warmth warm(Duration limit, IntUnaryOperator milliseconds) {
    Runnable run = () -> now += Duration.ofMillis(milliseconds.applyAsInt(runs++)).toNanos();
    return new WarmUp(new Gauges(() -> now, () -> bytes, () -> compiled), run).until(limit);
  }

  @Test
  void isSteadyWhenTimesStoppedFalling() {
    Warmth warmth = warm(Duration.ofSeconds(30), run -> Math.max(10, 400 - 20 * run));
    assertThat(warmth.steady()).isTrue();
    assertThat(warmth.first()).isEqualTo(Duration.ofMillis(400));
    assertThat(warmth.best()).isEqualTo(Duration.ofMillis(10));
    assertThat(warmth.runs()).isBetween(60, 100);
  }

  @Test
  void waitsOutAPlateau() {
    Warmth warmth = warm(Duration.ofSeconds(30), run -> run < 10 ? 50 : 5);
    assertThat(warmth.best()).isEqualTo(Duration.ofMillis(5));
    assertThat(warmth.steady()).isTrue();
  }

  @Test
  void saysWhenTheTimeWasOver() {
    Warmth warmth = warm(Duration.ofSeconds(2), run -> 1000 - 50 * run);
    assertThat(warmth.steady()).isFalse();
    assertThat(warmth.runs()).isEqualTo(3);
  }

  @Test
  void waitsLongerWhileRunsAreFarFromTheBest() {
    Warmth warmth = warm(Duration.ofSeconds(3), run -> run == 1 ? 5 : 50);
    assertThat(warmth.steady()).isFalse();
    assertThat(warmth.best()).isEqualTo(Duration.ofMillis(5));
    runs = 0;
    Warmth noisy = warm(Duration.ofSeconds(30), run -> run == 1 ? 5 : 50);
    assertThat(noisy.steady()).isTrue();
    assertThat(noisy.runs()).isEqualTo(62);
  }

  @Test
  void waitsForTheLastAllocation() {
    Warmth warmth =
        warm(
            Duration.ofSeconds(30),
            run -> {
              bytes += run < 200 ? 1536 : 0;
              return 10;
            });
    assertThat(warmth.steady()).isTrue();
    assertThat(warmth.runs()).isBetween(260, 270);
  }

  @Test
  void isNotSteadyWhileRunsAllocate() {
    Warmth warmth =
        warm(
            Duration.ofSeconds(5),
            any -> {
              bytes += 96;
              return 10;
            });
    assertThat(warmth.steady()).isFalse();
    assertThat(warmth.runs()).isEqualTo(500);
  }

  @Test
  void waitsForTheLastLongCompilation() {
    Warmth warmth =
        warm(
            Duration.ofSeconds(30),
            run -> {
              compiled += run % 50 == 40 && run < 150 ? 400 : 0;
              return 10;
            });
    assertThat(warmth.steady()).isTrue();
    assertThat(warmth.runs()).isBetween(200, 205);
  }

  @Test
  void doesNotWaitForShortCompilationsOfOtherMethods() {
    Warmth warmth =
        warm(
            Duration.ofSeconds(30),
            run -> {
              compiled += run % 50 == 40 ? 1 : 0;
              return 10;
            });
    assertThat(warmth.steady()).isTrue();
    assertThat(warmth.runs()).isBetween(60, 65);
  }

  @Test
  void hasNoLongestLimit() {
    assertThat(warm(Duration.ofSeconds(Long.MAX_VALUE), any -> 10).steady()).isTrue();
    assertThat(warm(Duration.ofSeconds(Long.MIN_VALUE), any -> 7).runs()).isEqualTo(1);
  }

  @Test
  void runsOnceAtLeast() {
    assertThat(warm(Duration.ZERO, any -> 7))
        .isEqualTo(new Warmth(false, 1, Duration.ofMillis(7), Duration.ofMillis(7)));
  }
}
