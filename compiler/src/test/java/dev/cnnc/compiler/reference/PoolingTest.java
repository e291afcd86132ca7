package dev.cnnc.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Op.Reduction;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import org.junit.jupiter.api.Test;

class PoolingTest extends OpTest {

  private static Window window(int size, int stride, Padding padding) {
    return new Window(size, size, stride, stride, 1, 1, padding);
  }

  @Test
  void maxIgnoresPadding() {
    Op pool = new Op.Pool(Reduction.MAX, window(2, 2, new Padding(1, 1, 0, 0)), false, false);
    assertThat(run(pool, 1, 3, 3, -1, -2, -3, -4, -5, -6, -7, -8, -9))
        .containsExactly(-1, -2, -4, -5);
  }

  @Test
  void maxSkipsPixelsWhenDilated() {
    Op pool = new Op.Pool(Reduction.MAX, new Window(2, 2, 1, 1, 2, 2, Padding.NONE), false, false);
    assertThat(run(pool, 1, 3, 3, 1, 9, 2, 9, 9, 9, 3, 9, 4)).containsExactly(4);
  }

  @Test
  void channelsStayApart() {
    Op pool = new Op.Pool(Reduction.MAX, window(2, 2, Padding.NONE), false, false);
    assertThat(run(pool, 2, 2, 2, counting(8))).containsExactly(4, 8);
  }

  @Test
  void roundingUpAddsAWindowThatIsCutOff() {
    Window window = window(2, 2, Padding.NONE);
    assertThat(run(new Op.Pool(Reduction.MAX, window, true, false), 1, 3, 3, counting(9)))
        .containsExactly(5, 6, 8, 9);
    assertThat(run(new Op.Pool(Reduction.AVERAGE, window, true, true), 1, 3, 3, counting(9)))
        .containsExactly(3, 4.5, 7.5, 9);
    assertThat(run(new Op.Pool(Reduction.MAX, window, false, false), 1, 3, 3, counting(9)))
        .containsExactly(5);
  }

  @Test
  void roundingUpAddsNoWindowThatBeginsBehindThePicture() {
    // Windows would begin at -1, 1 and 3: the last one sees padding alone.
    Op pool = new Op.Pool(Reduction.MAX, window(2, 2, Padding.all(1)), true, false);
    assertThat(run(pool, 1, 3, 3, counting(9))).containsExactly(1, 3, 7, 9);
  }

  @Test
  void averageCountsPaddingOnlyWhenTold() {
    Window window = window(2, 2, Padding.all(1));
    assertThat(run(new Op.Pool(Reduction.AVERAGE, window, false, true), 1, 2, 2, counting(4)))
        .containsExactly(0.25, 0.5, 0.75, 1);
    assertThat(run(new Op.Pool(Reduction.AVERAGE, window, false, false), 1, 2, 2, counting(4)))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void averageNeverCountsWhatLiesBehindThePadding() {
    // Three rows and one of padding on each side; the second window begins at row 2 and would end
    // at row 4: rows 2 and 3 are a pixel and padding, row 4 is neither.
    Op pool =
        new Op.Pool(
            Reduction.AVERAGE, new Window(3, 1, 3, 1, 1, 1, new Padding(1, 0, 1, 0)), true, true);
    assertThat(run(pool, 1, 3, 1, 3, 6, 9)).containsExactly(3, 4.5);
  }

  @Test
  void globalPoolsSeeAllPixels() {
    assertThat(run(new Op.GlobalPool(Reduction.AVERAGE), 2, 1, 3, 1, 2, 6, -1, -2, -6))
        .containsExactly(3, -3);
    assertThat(run(new Op.GlobalPool(Reduction.MAX), 2, 1, 3, 1, 2, 6, -1, -2, -6))
        .containsExactly(6, -1);
  }
}
