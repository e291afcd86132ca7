package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ProgressTest {
  private final StringWriter err = new StringWriter();

  @Test
  void whatEndsSoonIsNotMentioned() {
    try (Progress progress = new Progress(terminal(false), Duration.ofHours(1))) {
      progress.stage("reading");
    }
    assertThat(err).hasToString("");
  }

  @Test
  void withoutATerminalEveryStageIsOneLine() throws InterruptedException {
    try (Progress progress = new Progress(terminal(false), Duration.ZERO)) {
      progress.stage("reading");
      await("reading");
      progress.stage("running, 1 of 2: conv1");
      await("running");
      progress.stage("running, 2 of 2: fc1");
    }
    assertThat(err).hasToString("cnnc: reading ...\ncnnc: running ...\n");
  }

  @Test
  void onATerminalOneLineChangesAndNothingIsLeft() throws InterruptedException {
    try (Progress progress = new Progress(terminal(true), Duration.ZERO)) {
      progress.stage("running, 1 of 2: conv1");
      await("conv1");
    }
    assertThat(err.toString())
        .containsPattern("\r\033\\[K[-|/\\\\] running, 1 of 2: conv1, [0-9]+\\.[0-9] s")
        .endsWith("\r\033[K")
        .doesNotContain("\n");
  }

  private Terminal terminal(boolean colourful) {
    return new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err, true), colourful);
  }

  private void await(String text) throws InterruptedException {
    while (!err.toString().contains(text)) {
      Thread.sleep(5);
    }
  }
}
