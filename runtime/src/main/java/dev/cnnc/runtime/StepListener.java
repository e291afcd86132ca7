package dev.cnnc.runtime;

/** Hears how long each step took; called by the thread that runs the network. */
@FunctionalInterface
public interface StepListener {

  /** The step of this number is done; {@code arena} is the network's own, for reading only. */
  void step(int step, long nanoseconds, float[] arena);
}
