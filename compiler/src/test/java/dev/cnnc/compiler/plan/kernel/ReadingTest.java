package dev.cnnc.compiler.plan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streamed where weights are more than L2 holds and pixels few; listed where channels are few. */
class ReadingTest {

  @ParameterizedTest
  @CsvSource({
    "512, 2048, 7, 1, STREAMED",
    "2048, 512, 7, 1, STREAMED",
    "512, 2048, 8, 1, STREAMED",
    "512, 2048, 9, 1, RUNS",
    "1024, 512, 1, 1, STREAMED",
    "1024, 511, 1, 1, RUNS",
    "160, 960, 7, 1, RUNS",
    "256, 256, 7, 3, STREAMED",
    "16, 720, 7, 7, STREAMED",
    "15, 720, 7, 7, LISTED",
    "15, 720, 7, 1, RUNS",
    "3, 64, 112, 7, LISTED"
  })
  void of(int channels, int filters, int side, int window, Reading reading) {
    Recipe weight = new Recipe.Stored("weight", List.of(filters, channels, window, window));
    Op.Conv conv =
        new Op.Conv(filters, Window.of(window, window), 1, weight, Optional.empty(), Epilogue.NONE);
    Shape input = new Shape(channels, side + window - 1, side + window - 1);
    assertThat(Reading.of(conv, input, new Shape(filters, side, side))).isEqualTo(reading);
  }
}
