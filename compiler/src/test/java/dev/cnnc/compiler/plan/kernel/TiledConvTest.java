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

/** Blocks are about as large as each other, and larger where weights are many. */
class TiledConvTest {

  @ParameterizedTest
  @CsvSource({
    "64, 64, 1, 24, 5",
    "64, 64, 7, 72, 5",
    "256, 256, 11, 72, 5",
    "256, 256, 14, 120, 5",
    "512, 1024, 14, 216, 5",
    "512, 1024, 16, 144, 5",
    "64, 64, 16, 96, 4",
    "64, 64, 20, 120, 5",
    "64, 64, 56, 120, 5"
  })
  void blocksOfPixels(int channels, int filters, int side, int block, int grain) {
    Recipe weight = new Recipe.Stored("weight", List.of(filters, channels, 1, 1));
    Op.Conv conv =
        new Op.Conv(filters, Window.of(1, 1), 1, weight, Optional.empty(), Epilogue.NONE);
    TiledConv kernel =
        TiledConv.of(
            conv,
            Reading.RUNS,
            new Prologue.None(),
            new Shape(channels, side, side),
            new Shape(filters, side, side));
    assertThat(kernel.block()).isEqualTo(block);
    assertThat(kernel.grain(10)).isEqualTo(Math.min(grain, block / Kernel.UNIT));
  }
}
