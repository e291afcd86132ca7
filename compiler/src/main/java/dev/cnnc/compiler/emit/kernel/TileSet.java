package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.runtime.weights.Tile;

/** Register tiles that some kernels share. */
enum TileSet {
  CONV(Tile.Use.CONV),
  STREAMED_CONV(Tile.Use.STREAMED_CONV),
  GROUPED_CONV(Tile.Use.GROUPED_CONV),
  FC(Tile.Use.FC),
  /** Convs that read what a list says. */
  LISTED(Tile.Use.CONV),
  WINOGRAD(Tile.Use.CONV),
  /** Keys, and channels of a head. */
  ATTENTION(Tile.Use.CONV);

  private final Tile.Use use;

  TileSet(Tile.Use use) {
    this.use = use;
  }

  Tile.Use use() {
    return use;
  }

  static TileSet of(Tile.Use use) {
    return switch (use) {
      case CONV -> CONV;
      case STREAMED_CONV -> STREAMED_CONV;
      case GROUPED_CONV -> GROUPED_CONV;
      case FC -> FC;
    };
  }
}
