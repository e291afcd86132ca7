package dev.cnnc.runtime;

/** The kernels of a network at one width of vectors; generated code has them. */
public interface Kernels {
  /**
   * Makes kernels with vectors return at once, or compute again.
   *
   * <p>The JIT compiles a method that has been called thousands of times. Before that a kernel
   * takes up to a millisecond, and one that returns at once takes next to nothing.
   */
  void idle(boolean idle);
}
