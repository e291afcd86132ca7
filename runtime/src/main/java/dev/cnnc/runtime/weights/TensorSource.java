package dev.cnnc.runtime.weights;

import java.util.List;

/**
 * Stored tensors by name: from a safetensors file, from the weights file of a class, or synthetic.
 */
@FunctionalInterface
public interface TensorSource {

  /**
   * All elements, row-major.
   *
   * @throws IllegalArgumentException if no tensor has this name and shape
   */
  float[] tensor(String name, List<Integer> shape);

  /**
   * The same tensor by rows, so that a source that computes elements need not keep them all.
   *
   * @throws IllegalArgumentException if no tensor has this name and shape
   */
  default Rows rows(String name, List<Integer> shape) {
    float[] elements = tensor(name, shape);
    double[] row = new double[Sizes.rowLength(shape)];
    return index -> {
      int start = index * row.length;
      for (int column = 0; column < row.length; column++) {
        row[column] = elements[start + column];
      }
      return row;
    };
  }
}
