package dev.cnnc.compiler.emit;

import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * The one loop that matters: a tile's sums in registers, and in every step the tile's weights for
 * one read of each pixel.
 *
 * @param place where pixel {@code %1$s} lies
 * @param count number of steps
 * @param first what a step begins with
 * @param offset of a step's read from the pixel's place
 * @param array where the tile's weights lie
 */
record HotLoop(String place, String count, String first, String offset, String array) {
  /** Over a run of channels. */
  static final HotLoop OF_RUN = new HotLoop("at[p + %1$s]", "run", "", "c", "weights");

  /** Over a run of channels that begins at {@code segment} of the window. */
  static final HotLoop OF_SEGMENT =
      new HotLoop("at[p + %1$s] + segment", "run", "", "c", "weights");

  /** Over everything that a window reads, in the order of the list. */
  static final HotLoop OF_LIST =
      new HotLoop("at[p + %1$s]", "reads", "  int read = at[SEGMENTS + c];", "read", "weights");

  /** Over a run of what lies side by side, with a panel that was packed just before. */
  static final HotLoop OF_ROWS = new HotLoop("x + %1$s * line", "run", "", "c", "arena");

  /** A start from {@code bias} for all pixels. */
  static final String FROM_BIAS = "weights, bias + %3$s";

  /** A start from sums that lie side by side. */
  static final String FROM_SUMS = "arena, from + %4$s";

  /** What is done for the sum of a pixel in a vector of outputs. */
  private interface PerSum {
    void accept(int pixel, int vector);
  }

  /**
   * The statements of a method with this loop.
   *
   * @param start what the sums of pixel {@code %1$s}, vector {@code %2$s}, output {@code %3$s},
   *     float {@code %4$s} of the tile begin with
   * @param end what becomes of the sums {@code y0_0}, of pixel and vector
   */
  String text(Lanes lanes, Tile tile, String start, List<String> end) {
    int width = lanes.floats();
    List<String> lines = new ArrayList<>();
    lines.add("final float[] arena = this.arena;");
    if (!array.equals("arena")) {
      lines.add("final float[] %1$s = this.%1$s;".formatted(array));
    }
    for (int i = 0; i < tile.pixels(); i++) {
      lines.add(("int x%1$s = " + place + ";").formatted(i));
    }
    eachSum(
        tile,
        (i, v) ->
            lines.add(
                ("V y%1$s_%2$s = @load(" + start + ");")
                    .formatted(i, v, v * width, (i * tile.vectors() + v) * width)));
    lines.add("for (int c = 0; c < %s; c++) {".formatted(count));
    if (!first.isEmpty()) {
      lines.add(first);
    }
    for (int v = 0; v < tile.vectors(); v++) {
      lines.add(
          "  V w%s = @load(%s, w + c * %s + %s);"
              .formatted(v, array, tile.vectors() * width, v * width));
    }
    for (int i = 0; i < tile.pixels(); i++) {
      lines.add("  V v%1$s = @broadcast(arena[x%1$s + %2$s]);".formatted(i, offset));
      for (int v = 0; v < tile.vectors(); v++) {
        lines.add("  y%1$s_%2$s = @fma(v%1$s, w%2$s, y%1$s_%2$s);".formatted(i, v));
      }
    }
    lines.add("}");
    lines.addAll(end);
    return String.join("\n", lines) + "\n";
  }

  /** The same, with sums that lie side by side from {@code sums} on then. */
  String toSums(Lanes lanes, Tile tile, String start) {
    List<String> stores = new ArrayList<>();
    eachSum(
        tile,
        (i, v) ->
            stores.add(
                "@store(y%s_%s, arena, sums + %s);"
                    .formatted(i, v, (i * tile.vectors() + v) * lanes.floats())));
    return text(lanes, tile, start, stores);
  }

  private static void eachSum(Tile tile, PerSum action) {
    for (int i = 0; i < tile.pixels(); i++) {
      for (int v = 0; v < tile.vectors(); v++) {
        action.accept(i, v);
      }
    }
  }
}
