package dev.cnnc.runtime;

/** Receives the time of each step, on the thread that runs the network, and what changes there. */
@FunctionalInterface
public interface StepListener {

  /** Called when a step is done. {@code arena} belongs to the network and is for reading only. */
  void step(int step, long nanoseconds, float[] arena);

  /**
   * Called between two steps when the network takes the kernels for vectors.
   *
   * @param lanes floats in a vector
   */
  default void changed(int lanes) {}
}
