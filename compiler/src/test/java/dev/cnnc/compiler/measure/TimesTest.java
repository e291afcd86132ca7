package dev.cnnc.compiler.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimesTest {

  @Test
  void summariesAreOfAllTimes() {
    Times times = new Times();
    for (int time = 10_000; time > 0; time--) {
      times.add(time);
    }
    assertThat(times.summary()).isEqualTo(new Times.Summary(10_000, 1, 5001, 9900));
  }

  @Test
  void oneTimeIsEverything() {
    Times times = new Times();
    times.add(7);
    assertThat(times.summary()).isEqualTo(new Times.Summary(1, 7, 7, 7));
    assertThat(times.summary().gigaflops(14)).isEqualTo(2);
  }

  @Test
  void noTimesSayNothing() {
    assertThatThrownBy(() -> new Times().summary()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theMachineHasALimit() {
    assertThat(Peak.gigaflops()).isBetween(0.1, 10_000.0);
  }
}
