package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * The one loop that matters: a tile's sums in registers, and in every step the tile's weights for
 * one read of each pixel.
 *
 * @param place where pixel {@code ${pixel}} lies
 * @param count number of steps, one at least
 * @param listed whether a list says what is read in a step, not its number
 * @param array where the tile's weights lie
 */
record HotLoop(String place, String count, boolean listed, String array) {
  /** Over a run of channels. */
  static final HotLoop OF_RUN = new HotLoop("at[p + ${pixel}]", "run", false, "weights");

  /** Over a run of channels that begins at {@code segment} of the window. */
  static final HotLoop OF_SEGMENT =
      new HotLoop("at[p + ${pixel}] + segment", "run", false, "weights");

  /** Over everything that a window reads, in the order of the list. */
  static final HotLoop OF_LIST = new HotLoop("at[p + ${pixel}]", "reads", true, "weights");

  /** Over a run of what lies side by side, with a panel that was packed just before. */
  static final HotLoop OF_ROWS = new HotLoop("x + ${pixel} * line", "run", false, "arena");

  /** What is done for the sum of a pixel in a vector of outputs. */
  private interface PerSum {
    void accept(int pixel, int vector);
  }

  /**
   * The statements of a method whose sums begin alike for all pixels. The first step makes them,
   * before the loop: where 24 began with the same four registers, C2 had two or three go through
   * memory at every step.
   *
   * @param start the place, in {@code array}, of what sums begin with
   * @param end what becomes of the sums {@code y0_0}, of pixel and vector
   */
  String fromStart(Lanes lanes, Tile tile, String start, List<String> end) {
    int width = lanes.floats();
    List<String> lines = places(tile);
    for (int v = 0; v < tile.vectors(); v++) {
      lines.add("V b%s = @load(%s, %s + %s);".formatted(v, array, start, v * width));
    }
    lines.addAll(step(lanes, tile, "V ", true));
    return text(lines, 1, step(lanes, tile, "", false), end);
  }

  /** The same for sums that lie side by side from {@code from} on. */
  String fromSums(Lanes lanes, Tile tile, List<String> end) {
    int width = lanes.floats();
    List<String> lines = places(tile);
    eachSum(
        tile,
        (i, v) ->
            lines.add(
                "V y%s_%s = @load(arena, from + %s);"
                    .formatted(i, v, (i * tile.vectors() + v) * width)));
    return text(lines, 0, step(lanes, tile, "V ", false), end);
  }

  /** Where the sums of a pixel with a vector of outputs are stored. */
  interface Place {
    /**
     * An index in the arena, as text.
     *
     * @param output first of the vector
     */
    String of(int pixel, int output);
  }

  /** An end that stores sums. */
  static List<String> stores(Lanes lanes, Tile tile, Place place) {
    List<String> stores = new ArrayList<>();
    eachSum(
        tile,
        (i, v) ->
            stores.add(
                "@store(y%s_%s, arena, %s);".formatted(i, v, place.of(i, v * lanes.floats()))));
    return stores;
  }

  /** An end that leaves sums side by side from {@code sums} on. */
  static List<String> toSums(Lanes lanes, Tile tile) {
    int width = tile.outputs(lanes.floats());
    return stores(lanes, tile, (pixel, output) -> "sums + " + (pixel * width + output));
  }

  private List<String> places(Tile tile) {
    List<String> lines = new ArrayList<>();
    lines.add("final float[] arena = this.arena;");
    if (!array.equals("arena")) {
      lines.add("final float[] " + array + " = this." + array + ";");
    }
    for (int i = 0; i < tile.pixels(); i++) {
      lines.add(new Template("int x${pixel} = " + place + ";").with("pixel", i).filled());
    }
    return lines;
  }

  private String text(List<String> before, int first, List<String> step, List<String> end) {
    return new Template(
            """
            ${before}
            for (int c = ${first}; c < ${count}; c++) {
              ${step}
            }
            ${end}
            """)
        .with("before", String.join("\n", before))
        .with("first", first)
        .with("count", count)
        .with("step", String.join("\n", step))
        .with("end", String.join("\n", end))
        .filled();
  }

  /**
   * One step, the first or that of number {@code c}.
   *
   * @param type what declares its operands, nothing if they are declared
   */
  private List<String> step(Lanes lanes, Tile tile, String type, boolean isFirst) {
    int width = lanes.floats();
    List<String> lines = new ArrayList<>();
    String c = isFirst ? "" : " + c";
    if (listed) {
      lines.add("%sread = at[SEGMENTS%s];".formatted(type.isEmpty() ? "" : "int ", c));
    }
    String weights = isFirst ? "w" : "w + c * " + line(lanes, tile);
    for (int v = 0; v < tile.vectors(); v++) {
      lines.add("%sw%s = @load(%s, %s + %s);".formatted(type, v, array, weights, v * width));
    }
    for (int i = 0; i < tile.pixels(); i++) {
      lines.add(
          new Template("${type}v${pixel} = @broadcast(arena[x${pixel}${read}]);")
              .with("type", type)
              .with("pixel", i)
              .with("read", listed ? " + read" : c)
              .filled());
      for (int v = 0; v < tile.vectors(); v++) {
        lines.add(
            new Template("${type}y${pixel}_${vector} = @mac(v${pixel}, w${vector}, ${start});")
                .with("type", isFirst ? "V " : "")
                .with("start", isFirst ? "b" + v : "y" + i + "_" + v)
                .with("pixel", i)
                .with("vector", v)
                .filled());
      }
    }
    return lines;
  }

  /** What was packed just before has panels of the tile at every width. */
  private String line(Lanes lanes, Tile tile) {
    return array.equals("weights")
        ? PanelReads.of(lanes, tile).line()
        : Integer.toString(tile.outputs(lanes.floats()));
  }

  private static void eachSum(Tile tile, PerSum action) {
    for (int i = 0; i < tile.pixels(); i++) {
      for (int v = 0; v < tile.vectors(); v++) {
        action.accept(i, v);
      }
    }
  }
}
