package dev.cnnc.compiler.weights;

import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.List;

/**
 * Tensors as a network keeps them: those of two dimensions or more rounded, so that whoever
 * computes with them, the reference as well as the class, sees the same numbers.
 */
public record RoundedSource(TensorSource source, Storage storage) implements TensorSource {

  /** The source itself where nothing is rounded. */
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
