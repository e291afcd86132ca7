package dev.cnnc.vision;

import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Prepared;
import dev.cnnc.runtime.Preprocessor;
import dev.cnnc.runtime.Signature;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the outputs of a network with one input.
 *
 * <p>An answer allocates the input and the outputs as arrays, and its result; the network itself
 * allocates nothing.
 *
 * @param <T> the result
 */
public sealed interface Answer<T> permits Detector, Embedder, LineDetector, Reader, Segmenter {

  /** Why the network cannot be asked so, if it cannot. */
  Optional<String> refusal(Signature signature);

  /** How many names of classes the network needs; empty if it needs none. */
  Optional<Integer> names(Signature signature);

  /**
   * The answer.
   *
   * @param labels names of the classes; may be too few
   * @param outputs all, in the order channels, rows, columns
   * @param placement where the picture lies in the input
   */
  T of(Signature signature, List<String> labels, float[][] outputs, Placement placement);

  /** Prepares the picture, runs the network, and answers. */
  default T of(CompiledNetwork network, Picture picture) {
    Signature signature = network.signature();
    Prepared prepared = new Preprocessor(signature).prepare(picture);
    float[][] outputs =
        signature.outputs().stream()
            .map(output -> new float[output.view().size()])
            .toArray(float[][]::new);
    network.run(prepared.values(), outputs);
    return of(signature, network.labels(), outputs, prepared.placement());
  }
}
