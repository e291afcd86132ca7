package dev.cnnc.benchmarks;

/**
 * An engine with a network and its inputs: one run is one picture, on the calling thread's time.
 */
interface Contender extends AutoCloseable {

  void run();

  /** Runs until it gets no faster. */
  void warm();

  @Override
  void close();
}
