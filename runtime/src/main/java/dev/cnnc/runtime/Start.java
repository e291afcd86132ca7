package dev.cnnc.runtime;

import java.time.Duration;

/**
 * How an instance begins. Results are the same to the bit.
 *
 * <p>The kernels for vectors are slow until C2 has compiled them, which takes seconds; those
 * without vectors are fast at once, and several times slower in the end.
 */
public enum Start {
  /**
   * Runs without vectors at first. A thread compiles the kernels for vectors meanwhile, on memory
   * of its own, and the instance takes them when they are ready, between two steps.
   *
   * <p>With one processor, without the module {@code jdk.management}, or with a width that the
   * property {@value Simd#PROPERTY} forces, this is {@link #VECTORS}.
   */
  QUICK,

  /** Runs with vectors from the first run on. */
  VECTORS,

  /** Returns when the kernels are compiled and runs are steady, or after two minutes. */
  STEADY;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The same network, begun in this way; for generated code. */
  public <N extends NetworkInstance> N begin(N network) {
    if (this == STEADY) {
      network.warm(PATIENCE);
    }
    return network;
  }
}
