package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.StrassenConv;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Storage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seven products where channels are many, and pixels enough to make up for more weights. */
class StrassenTest {

  @ParameterizedTest
  @CsvSource({
    "64, 64, 56, false",
    "64, 256, 56, false",
    "256, 128, 56, true",
    "128, 512, 28, true",
    "256, 256, 28, true",
    "1024, 256, 14, false",
    "256, 1024, 14, false",
    "512, 2048, 7, false",
    "1024, 2048, 7, false",
    "2048, 320, 8, false",
    "2048, 192, 8, false",
    "2048, 1000, 1, false",
    "272, 256, 28, false",
    "256, 272, 28, false"
  })
  void ofOnePixel(int channels, int filters, int side, boolean pays) {
    assertThat(pays(channels, filters, side, Window.of(1, 1), 1, false)).isEqualTo(pays);
  }

  @Test
  void refuses() {
    assertThat(pays(256, 256, 28, Window.of(1, 1), 1, true)).as("exact").isFalse();
    assertThat(pays(256, 256, 28, Window.of(1, 1), 2, false)).as("groups").isFalse();
    assertThat(pays(256, 256, 28, Window.of(3, 3), 1, false)).as("3 by 3").isFalse();
    Window padded = new Window(1, 1, 1, 1, 1, 1, Padding.all(1));
    assertThat(pays(256, 256, 28, padded, 1, false)).as("padding").isFalse();
  }

  private static boolean pays(
      int channels, int filters, int side, Window window, int groups, boolean exact) {
    Recipe weight = new Recipe.Stored("weight", List.of(filters, channels / groups, 1, 1));
    Op.Conv conv = new Op.Conv(filters, window, groups, weight, Optional.empty(), Epilogue.NONE);
    Shape input = new Shape(channels, side, side);
    Shape output = new Shape(filters, side, side);
    ConvLayer layer = new ConvLayer(conv, input, output, false, false, exact, Storage.F32);
    return Choice.of(Offers.of(layer)).kernel() instanceof StrassenConv;
  }
}
