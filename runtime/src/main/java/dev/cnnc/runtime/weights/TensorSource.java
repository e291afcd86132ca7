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

  /**
   * The same tensor by rows: a source that computes its elements need not hold them all.
   *
   * @throws IllegalArgumentException if there is none of this name and shape
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
