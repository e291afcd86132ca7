package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.runtime.weights.Recipe;
import java.util.List;

/** Stores the tensors of a layer whose name is decided. */
@FunctionalInterface
interface LayerTensors {

  /**
   * Stores a tensor.
   *
   * @param suffix after the layer's name, with its dot; empty if the tensor is the whole layer
   * @param shape in the layer
   */
  Recipe keep(String suffix, List<Integer> shape, Constant elements);
}
