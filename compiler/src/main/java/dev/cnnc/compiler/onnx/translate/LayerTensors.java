package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.runtime.weights.Recipe;
import java.util.List;

/** Where a layer puts its tensors once its name is settled. */
@FunctionalInterface
interface LayerTensors {

  /**
   * Keeps a tensor.
   *
   * @param suffix behind the layer's name, with its dot; empty if the tensor is all of the layer
   * @param shape as our layer wants it
   */
  Recipe keep(String suffix, List<Integer> shape, Constant elements);
}
