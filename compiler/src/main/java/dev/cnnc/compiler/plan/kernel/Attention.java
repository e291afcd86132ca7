package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/** Attention of queries, keys and values, which are thirds of one input's channels. */
public record Attention(int heads) implements Kernel {
  /** Queries that are worked on at once: a multiple of every tile's. */
  public static final int QUERIES = 24;

  /** Floats for partial sums, and for one factor a query. */
  public static final int SUMS = 48;

  @Override
  public int units(List<View> reads, View write) {
    return heads;
  }

  @Override
  public int grain(int units) {
    return 1;
  }

  /**
   * Partial sums and factors, what products begin with, a block's scores and results, a head's
   * keys, values and queries, where its keys lie before they are packed.
   */
  @Override
  public int scratch(List<View> reads, View write) {
    int size = write.channels() / heads;
    int tokens = write.height() * write.width();
    int keys = Tile.padded(tokens);
    int values = Tile.padded(size);
    long floats =
        SUMS
            + (1 + QUERIES) * ((long) keys + values)
            + (long) keys * size
            + (long) tokens * values
            + Math.ceilDiv(tokens, QUERIES) * (long) QUERIES * size;
    return Math.toIntExact(floats);
  }

  @Override
  public long multiplications(List<View> reads, View write) {
    long size = write.channels() / heads;
    long tokens = (long) write.height() * write.width();
    long queries = Math.ceilDiv(tokens, (long) QUERIES) * QUERIES;
    long keys = Math.ceilDiv(tokens, (long) Tile.OUTPUTS) * Tile.OUTPUTS;
    return heads * queries * (size * keys + tokens * Tile.padded((int) size));
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    return Traffic.all(reads, write);
  }

  @Override
  public Shape whole(Shape output) {
    return output;
  }

  @Override
  public int listed(List<View> reads) {
    return 1;
  }
}
