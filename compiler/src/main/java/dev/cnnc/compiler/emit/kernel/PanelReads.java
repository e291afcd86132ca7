package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.runtime.weights.Tile;

/**
 * How the methods of one width read the weights of a panel.
 *
 * <p>Vectors read panels as wide as their tile. The scalar class takes over from no one and hands
 * over to vectors, so it reads the panels of the vectors that weights were packed for: how many
 * outputs lie side by side there is a variable, {@code line}.
 *
 * @param outputs of the tile
 */
public record PanelReads(Lanes lanes, int outputs) {

  static PanelReads of(Lanes lanes, Tile tile) {
    return new PanelReads(lanes, tile.outputs(lanes.floats()));
  }

  /** The name of the scalar class's field: outputs of the widest panel. */
  public static String widest(Tile.Use use) {
    return switch (use) {
      case CONV -> "convPanel";
      case STREAMED_CONV -> "streamedConvPanel";
      case GROUPED_CONV -> "groupedConvPanel";
      case FC -> "fcPanel";
    };
  }

  /** Floats from the weights of a channel to those of the next. */
  String line() {
    return lanes.isScalar() ? "line" : Integer.toString(outputs);
  }

  /** The same for grouped convs, whose panels are all as wide. */
  static String ofGroups(Lanes lanes) {
    Tile.Use use = Tile.Use.GROUPED_CONV;
    int floats = lanes.floats();
    return lanes.isScalar()
        ? widest(use)
        : Integer.toString(Tile.of(use, floats).getFirst().outputs(floats));
  }

  /** The parameter that says where a panel lies. */
  String declared() {
    return lanes.isScalar() ? "int w, int line" : "int w";
  }

  /** The argument for it, from a method that has it. */
  String passed(String place) {
    return lanes.isScalar() ? place + ", line" : place;
  }

  /**
   * The argument for it, for output {@code k} of the layer.
   *
   * @param reduction floats that one output reads
   * @param end behind the last output, which the last panel may be narrower for
   */
  String chosen(Tile.Use use, String reduction, String end) {
    return lanes.isScalar()
        ? new Template(
                "w + (k - k % ${widest}) * ${reduction} + k % ${widest}, Math.min(${widest}, ${end}"
                    + " - k + k % ${widest})")
            .with("widest", widest(use))
            .with("reduction", reduction)
            .with("end", end)
            .filled()
        : "w + k * " + reduction;
  }
}
