package dev.cnnc.runtime.weights;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of sums that a kernel keeps in registers: {@code pixels} times {@code vectors} of
 * outputs.
 *
 * <p>C2 may load all operands of a step before it multiplies, so {@code pixels * vectors + pixels +
 * vectors} stays within the registers: 32 at 512 bits, 16 below. But for 6 by 4, of which it loads
 * pixels in pairs if every sum begins with a value of its own. Every number of pixels divides 24,
 * so that a block of pixels has no ragged end in any of them.
 */
public record Tile(int pixels, int vectors) {

  /** Outputs are padded to this many, at every width. */
  public static final int OUTPUTS = 16;

  /** Threads share an fc in blocks of this many outputs: whole panels at every width. */
  public static final int FC_BLOCK = 128;

  /** What a kernel computes in one go, which decides its tiles. */
  public enum Use {
    /** Many pixels. */
    CONV,
    /**
     * Few pixels of many channels: weights come from memory, and the tile that reads them first
     * waits the less the more pixels it has for them.
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
            case 8 -> List.of(new Tile(3, 3), new Tile(4, 2), new Tile(6, 1));
            default -> List.of(new Tile(2, 4));
          };
      case STREAMED_CONV ->
          switch (lanes) {
            case 16 -> List.of(new Tile(8, 2), new Tile(12, 1));
            case 8 -> List.of(new Tile(4, 2), new Tile(6, 1));
            default -> of(Use.CONV, lanes);
          };
      case GROUPED_CONV ->
          List.of(
              switch (lanes) {
                case 16 -> new Tile(12, 1);
                case 8 -> new Tile(4, 2);
                default -> new Tile(2, 4);
              });
      case FC ->
          switch (lanes) {
            // Four panels are read at once where there are as many.
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

  /** Outputs of one tile. */
  public int outputs(int lanes) {
    return vectors * lanes;
  }

  /** {@code channels}, padded. */
  public static int padded(int channels) {
    return Math.ceilDiv(channels, OUTPUTS) * OUTPUTS;
  }
}
