package dev.cnnc.runtime.weights;

import java.util.List;

/** Stored tensors by name: a safetensors file, the file beside a class, or synthetic ones. */
@FunctionalInterface
public interface TensorSource {

  /**
   * All elements, row-major.
   *
   * @throws IllegalArgumentException if there is none of this name and shape
   */
  float[] tensor(String name, List<Integer> shape);
}
