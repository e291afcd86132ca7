package dev.cnnc.compiler.testing;

import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.List;

/** What an instance gives: all its outputs, in the signature's order. */
public final class Results {

  private Results() {}

  /** Numbers from -1 to 1, others for another name. */
  public static float[] picture(CompiledNetwork network, String name) {
    float[] picture = new Synthetic().tensor(name, List.of(network.signature().input().size()));
    for (int i = 0; i < picture.length; i++) {
      // Only the name "input" has that range.
      picture[i] *= name.equals("input") ? 1 : 10;
    }
    return picture;
  }

  /** Arrays as long as the outputs. */
  public static float[][] room(CompiledNetwork network) {
    return network.signature().outputs().stream()
        .map(output -> new float[output.view().size()])
        .toArray(float[][]::new);
  }

  public static float[][] of(CompiledNetwork network, float[] picture) {
    float[][] results = room(network);
    network.run(picture, results);
    return results;
  }
}
