package dev.cnnc.compiler.verify;

import java.util.List;
import java.util.Map;

/**
 * What another engine gave for the same input.
 *
 * @param layers by the id of the file's layer, as many as are known
 * @param outputs in the order of the file; none if nobody was asked
 */
public record PeerValues(Map<Integer, float[]> layers, List<float[]> outputs) {

  /** Nobody was asked. */
  public static final PeerValues NONE = new PeerValues(Map.of(), List.of());

  public PeerValues {
    layers = Map.copyOf(layers);
    outputs = List.copyOf(outputs);
  }
}
