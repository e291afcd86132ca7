package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Floats of the arena, each counted once however often it is added. */
final class Footprint {
  private final BitSet floats = new BitSet();

  /** Every element of a value. */
  Footprint all(View view) {
    return channels(view, view.channels());
  }

  /** The same with channels up to a whole vector: what kernels store whole. */
  Footprint padded(View view) {
    return channels(view, Tile.padded(view.channels()));
  }

  private Footprint channels(View view, int channels) {
    return pixels(view, range(view.height()), range(view.width()), channels);
  }

  /**
   * What windows see, zeros around the picture included.
   *
   * @param rows of windows
   * @param columns of windows
   * @param channels of each pixel
   */
  Footprint windows(View view, Window window, int rows, int columns, int channels) {
    return pixels(view, rows(window, rows), columns(window, columns), channels);
  }

  /** Rows that windows see; those before the picture are negative. */
  static IntStream rows(Window window, int rows) {
    return seen(
        rows,
        window.strideHeight(),
        window.height(),
        window.dilationHeight(),
        window.padding().top());
  }

  /** Columns that windows see. */
  static IntStream columns(Window window, int columns) {
    return seen(
        columns,
        window.strideWidth(),
        window.width(),
        window.dilationWidth(),
        window.padding().left());
  }

  private static IntStream seen(int windows, int stride, int taps, int dilation, int before) {
    return range(windows)
        .flatMap(window -> range(taps).map(tap -> window * stride + tap * dilation - before))
        .distinct();
  }

  static IntStream range(int end) {
    return IntStream.range(0, end);
  }

  /** Some channels of the pixels at these rows and columns. */
  Footprint pixels(View view, IntStream rows, IntStream columns, int channels) {
    int[] across = columns.toArray();
    rows.forEach(
        row -> {
          for (int column : across) {
            int place = view.offset() + row * view.line() + column * view.pixel();
            if (view.plane() == 1) {
              run(place, channels);
            } else {
              for (int channel = 0; channel < channels; channel++) {
                run(place + channel * view.plane(), 1);
              }
            }
          }
        });
    return this;
  }

  /** Floats that lie side by side. */
  Footprint run(int place, int count) {
    floats.set(place, place + count);
    return this;
  }

  /** How many there are. */
  long size() {
    return floats.cardinality();
  }
}
