package dev.cnnc.compiler.verify;

import java.util.List;
import java.util.Map;

/**
 * The results of another engine for the same input.
 *
 * @param layers known values by the id of the file's layer
 * @param outputs in the order of the file; empty if no engine ran
 * @param rounding by which the engine rounds between the layers, relative to the largest number; 0
 *     in float
 */
public record PeerValues(Map<Integer, float[]> layers, List<float[]> outputs, double rounding) {

  /** No engine ran. */
  public static final PeerValues NONE = new PeerValues(Map.of(), List.of(), 0);

  public PeerValues {
    layers = Map.copyOf(layers);
    outputs = List.copyOf(outputs);
  }
}
