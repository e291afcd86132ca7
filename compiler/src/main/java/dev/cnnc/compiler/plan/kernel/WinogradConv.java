package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/**
 * A conv by Winograd's F(rows x columns, window); its unit is a tile of the output, or 16 outputs.
 * Reads, weights: as {@link TiledConv}.
 *
 * @param rows output pixels of a tile
 * @param columns output pixels of a tile
 * @param block tiles that are transformed before they are multiplied
 * @param byOutputs whether threads share its outputs: where tiles are few and weights many, each
 *     thread reads its own weights then
 */
public record WinogradConv(
    int rows, int columns, int block, boolean byOutputs, Window window, Epilogue epilogue)
    implements Kernel {
  /** Floats of one tile's outputs, and of what lies between the two halves of a transform. */
  public static final int PIXELS = 36 * WIDEST + 64 * 16;

  /** Floats that tiles of sums may write behind the last product: two pixels of the widest tile. */
  public static final int OVER = 2 * WIDEST;

  /** Floats between two products: their distance is never a power of two, which shares lines. */
  public static final int APART = 16;

  /** How a tile is computed. */
  public Winograd tile() {
    return new Winograd(rows, columns, window);
  }

  @Override
  public int units(List<View> reads, View write) {
    return byOutputs
        ? Math.ceilDiv(write.channels(), Tile.OUTPUTS)
        : tile().tiles(new Shape(write.channels(), write.height(), write.width()));
  }

  @Override
  public int grain(int units) {
    return byOutputs ? units / 2 : block;
  }

  /** A tile's pixels, a block's products with 64 outputs, its transformed pixels. */
  @Override
  public int scratch(List<View> reads, View write) {
    int channels = Tile.padded(reads.getFirst().channels());
    return PIXELS + tile().products() * (plane(WIDEST) + plane(channels)) + OVER;
  }

  /** Floats from one product to the next. */
  private int plane(int channels) {
    return block * channels + APART;
  }

  @Override
  public long multiplications(List<View> reads, View write) {
    Winograd tile = tile();
    return (long) tile.down().products(write.height())
        * tile.across().products(write.width())
        * reads.getFirst().channels()
        * Tile.padded(write.channels());
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    View picture = reads.getFirst();
    Shape whole = whole(new Shape(write.channels(), write.height(), write.width()));
    int channels = Tile.padded(picture.channels());
    Footprint read =
        new Footprint().windows(picture, window, whole.height(), whole.width(), channels);
    return Traffic.conv(read, reads, write, epilogue);
  }

  @Override
  public Shape whole(Shape output) {
    return tile().whole(output);
  }

  @Override
  public int listed(List<View> reads) {
    return 1;
  }
}
