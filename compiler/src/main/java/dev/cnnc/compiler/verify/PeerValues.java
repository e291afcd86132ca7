package dev.cnnc.compiler.verify;

import java.util.List;
import java.util.Map;

/**
 * The results of another engine for the same input.
 *
 * @param layers known values by the id of the file's layer
 * @param outputs in the order of the file; empty if no engine ran
 */
public record PeerValues(Map<Integer, float[]> layers, List<float[]> outputs) {

  /** No engine ran. */
  public static final PeerValues NONE = new PeerValues(Map.of(), List.of());

  public PeerValues {
    layers = Map.copyOf(layers);
    outputs = List.copyOf(outputs);
  }
}
