package dev.cnnc.compiler.weights;

import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.List;

/**
 * Tensors rounded to the storage format of the network, if they have two dimensions or more, so
 * that the reference and the class compute with the same numbers.
 */
public record RoundedSource(TensorSource source, Storage storage) implements TensorSource {

  /** The rounded source, or the source itself if nothing is rounded. */
  public static TensorSource of(TensorSource source, Storage storage) {
    return storage == Storage.F32 ? source : new RoundedSource(source, storage);
  }

  @Override
  public float[] tensor(String name, List<Integer> shape) {
    float[] elements = source.tensor(name, shape);
    if (shape.size() < 2) {
      return elements;
    }
    float[] rounded = new float[elements.length];
    for (int index = 0; index < elements.length; index++) {
      rounded[index] = storage.rounded(elements[index]);
    }
    return rounded;
  }
}
