package dev.cnnc.compiler.plan;

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

/**
 * High tiles where weights are more than L2 holds, and pixels few; not where reads are listed,
 * whose tiles are those of all convs.
 */
class StreamedConvTest {

  @ParameterizedTest
  @CsvSource({
    "512, 2048, 7, 1, true",
    "2048, 512, 7, 1, true",
    "512, 2048, 8, 1, true",
    "512, 2048, 9, 1, false",
    "1024, 512, 1, 1, true",
    "1024, 511, 1, 1, false",
    "160, 960, 7, 1, false",
    "256, 256, 7, 3, true",
    "16, 720, 7, 7, true",
    "15, 720, 7, 7, false"
  })
  void ofFewPixels(int channels, int filters, int side, int window, boolean streamed) {
    Recipe weight = new Recipe.Stored("weight", List.of(filters, channels, window, window));
    Op.Conv conv =
        new Op.Conv(filters, Window.of(window, window), 1, weight, Optional.empty(), Epilogue.NONE);
    Shape input = new Shape(channels, side + window - 1, side + window - 1);
    assertThat(KernelChoice.isStreamed(conv, input, new Shape(filters, side, side)))
        .isEqualTo(streamed);
  }
}
