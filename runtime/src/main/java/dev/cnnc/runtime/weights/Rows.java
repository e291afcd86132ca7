package dev.cnnc.runtime.weights;

/** The value of a recipe, one row at a time, so that no large tensor is in memory in double. */
public interface Rows {

  /** Row {@code index} along the first axis; the array is valid until the next call. */
  double[] row(int index);
}
