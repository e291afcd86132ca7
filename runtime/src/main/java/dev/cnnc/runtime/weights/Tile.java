package dev.cnnc.runtime.weights;

import java.util.ArrayList;
import java.util.List;

/**
 * A register tile: accumulators for {@code pixels} times {@code vectors} of outputs.
 *
 * <p>C2 may load all operands of a step before it multiplies, so {@code pixels * vectors + pixels +
 * vectors} must not exceed the number of registers: 32 at 512 bits, 16 below. 6 by 4 and, at 256
 * bits, 6 by 2 are exceptions, because C2 loads their pixels in pairs if every accumulator begins
 * with its own value. Every number of pixels divides 24, so that a block of pixels has no
 * remainder.
 */
public record Tile(int pixels, int vectors) {

  /** Outputs are padded to this many, at every width. */
  public static final int OUTPUTS = 16;

  /**
   * Threads divide an fc into blocks of this many outputs, which are whole panels at every width.
   */
  public static final int FC_BLOCK = 128;

  /** The use of a kernel, which decides its tiles. */
  public enum Use {
    /** Many pixels. */
    CONV,
    /**
     * Few pixels of many channels: weights come from memory, and a tile with more pixels waits less
     * for them.
     */
    STREAMED_CONV,
    /** Many pixels, 16 outputs. */
    GROUPED_CONV,
    /** One pixel. */
    FC
  }

  /** Tiles to choose from, widest first; the last is one vector or 16 outputs wide. */
  public static List<Tile> of(Use use, int lanes) {
    return switch (use) {
      case CONV ->
          switch (lanes) {
            case 16 -> List.of(new Tile(6, 4), new Tile(6, 3), new Tile(8, 2), new Tile(12, 1));
            case 8 -> List.of(new Tile(6, 2));
            default -> List.of(new Tile(2, 4));
          };
      case STREAMED_CONV ->
          switch (lanes) {
            case 16 -> List.of(new Tile(8, 2), new Tile(12, 1));
            case 8 -> List.of(new Tile(6, 2));
            default -> of(Use.CONV, lanes);
          };
      case GROUPED_CONV ->
          List.of(
              switch (lanes) {
                case 16 -> new Tile(12, 1);
                case 8 -> new Tile(6, 2);
                default -> new Tile(2, 4);
              });
      case FC ->
          switch (lanes) {
            // Four panels are read at once if there are four.
            case 16 -> List.of(new Tile(1, 2), new Tile(1, 1));
            case 8 -> List.of(new Tile(1, 2));
            default -> List.of(new Tile(1, 8), new Tile(1, 4));
          };
    };
  }

  /** The tiles that cover {@code outputs} (a multiple of 16) from left to right, widest first. */
  public static List<Tile> cover(Use use, int lanes, int outputs) {
    List<Tile> cover = new ArrayList<>();
    int left = outputs;
    for (Tile tile : of(use, lanes)) {
      for (; left >= tile.outputs(lanes); left -= tile.outputs(lanes)) {
        cover.add(tile);
      }
    }
    return cover;
  }

  /** Number of outputs of the widest tile: of every panel but the last. */
  public static int widest(Use use, int lanes) {
    return of(use, lanes).getFirst().outputs(lanes);
  }

  /** Number of outputs of one tile. */
  public int outputs(int lanes) {
    return vectors * lanes;
  }

  /** {@code channels}, rounded up to a multiple of {@link #OUTPUTS}. */
  public static int padded(int channels) {
    return Math.ceilDiv(channels, OUTPUTS) * OUTPUTS;
  }
}
