package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.Winograd;
import dev.cnnc.compiler.plan.kernel.WinogradConv;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Storage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large tiles where pixels are many, small ones where the weights would drown them. */
class WinogradTest {
  private static final Window DENSE = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));

  @ParameterizedTest
  @CsvSource({
    "64, 224, 4",
    "64, 56, 4",
    "128, 28, 4",
    "256, 14, 2",
    "512, 14, 2",
    "512, 7, 2",
    "64, 7, 2",
    "16, 32, 4",
    "512, 1, 0",
    "512, 2, 0",
    "512, 3, 0"
  })
  void ofThreeByThree(int channels, int side, int tile) {
    assertThat(choice(conv(channels, DENSE, 1), side, false))
        .isEqualTo(tile == 0 ? Optional.empty() : Optional.of(new Winograd(tile, tile, DENSE)));
  }

  @ParameterizedTest
  @CsvSource({
    "64, 27, 5, 5, 4, 4",
    "16, 12, 5, 5, 4, 4",
    "192, 17, 1, 7, 1, 4",
    "192, 17, 7, 1, 4, 1",
    "384, 8, 1, 3, 1, 2",
    "64, 56, 2, 2, 5, 5",
    "64, 56, 4, 4, 5, 5",
    "64, 56, 1, 4, 1, 5",
    "64, 56, 6, 1, 5, 1",
    "64, 56, 7, 7, 2, 2",
    "64, 56, 1, 8, 1, 3"
  })
  void ofOtherWindows(int channels, int side, int height, int width, int rows, int columns) {
    Window window = Window.of(height, width);
    assertThat(choice(conv(channels, window, 1), side, false))
        .contains(new Winograd(rows, columns, window));
  }

  @ParameterizedTest
  @CsvSource({"128, 56, 4", "256, 28, 2", "512, 28, 2", "512, 14, 0", "64, 56, 4", "512, 4, 0"})
  void ofThreeByThreeAndEverySecondPixel(int channels, int side, int tile) {
    Window window = new Window(3, 3, 2, 2, 1, 1, Padding.all(1));
    assertThat(choice(conv(channels, window, 1), side, false))
        .isEqualTo(tile == 0 ? Optional.empty() : Optional.of(new Winograd(tile, tile, window)));
  }

  @Test
  void refuses() {
    assertThat(choice(conv(64, DENSE, 1), 56, true)).as("exact").isEmpty();
    assertThat(choice(conv(64, DENSE, 2), 56, false)).as("groups").isEmpty();
    assertThat(choice(conv(15, DENSE, 1), 56, false)).as("few channels").isEmpty();
    Window strided = new Window(3, 3, 3, 3, 1, 1, Padding.all(1));
    assertThat(choice(conv(64, strided, 1), 56, false)).as("stride of 3").isEmpty();
    Window halving = new Window(2, 2, 2, 2, 1, 1, Padding.NONE);
    assertThat(choice(conv(64, halving, 1), 56, false)).as("taps that never meet").isEmpty();
    Window dilated = new Window(3, 3, 1, 1, 2, 2, Padding.all(2));
    assertThat(choice(conv(64, dilated, 1), 56, false)).as("dilation").isEmpty();
    assertThat(choice(conv(64, Window.of(1, 1), 1), 56, false)).as("one pixel").isEmpty();
    assertThat(choice(conv(64, Window.of(9, 9), 1), 56, false)).as("9 by 9").isEmpty();
  }

  @Test
  void keepsItsBlockInTheCache() {
    Shape large = new Shape(64, 112, 112);
    assertThat(new Winograd(4, 4, DENSE).block(16, large)).isEqualTo(120);
    assertThat(new Winograd(4, 4, DENSE).block(48, large)).isEqualTo(96);
    assertThat(new Winograd(4, 4, DENSE).block(512, large)).isEqualTo(60);
    assertThat(new Winograd(4, 4, DENSE).block(512, new Shape(64, 28, 28))).isEqualTo(60);
    assertThat(new Winograd(4, 4, DENSE).block(512, new Shape(64, 14, 14))).isEqualTo(24);
  }

  private static Op.Conv conv(int channels, Window window, int groups) {
    Recipe weight =
        new Recipe.Stored(
            "weight", List.of(channels, channels / groups, window.height(), window.width()));
    return new Op.Conv(channels, window, groups, weight, Optional.empty(), Epilogue.NONE);
  }

  /** The tile of the kernel that is chosen, if it is Winograd's. */
  private static Optional<Winograd> choice(Op.Conv conv, int side, boolean exact) {
    Shape input = new Shape(conv.filters(), side, side);
    int height = conv.window().outputHeight(side, false);
    int width = conv.window().outputWidth(side, false);
    Shape output = new Shape(conv.filters(), height, width);
    ConvLayer layer = new ConvLayer(conv, input, output, false, false, exact, Storage.F32);
    return Choice.of(Offers.of(layer)).kernel() instanceof WinogradConv winograd
        ? Optional.of(winograd.tile())
        : Optional.empty();
  }
}
