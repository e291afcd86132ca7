package dev.cnnc.runtime.weights;

/**
 * The order in which kernels read a packed tensor. The number of floats never depends on the
 * machine, the order within may depend on the width of its vectors.
 */
public sealed interface Layout {

  /** Floats it takes. */
  int size();

  /**
   * Writes a tensor.
   *
   * @param rows the tensor's value, one row an output
   * @param into where to, from {@code offset}; zero so far
   * @param lanes floats in a vector: 16, 8, 4, or 1 for scalar code
   */
  void pack(Rows rows, float[] into, int offset, int lanes);

  /**
   * One number a channel ({@code [n]}), zeros up to {@code padded}.
   *
   * @param channels n
   */
  record Channels(int channels, int padded) implements Layout {
    @Override
    public int size() {
      return padded;
    }

    @Override
    public void pack(Rows rows, float[] into, int offset, int lanes) {
      for (int channel = 0; channel < channels; channel++) {
        into[offset + channel] = (float) rows.row(channel)[0];
      }
    }
  }
}
