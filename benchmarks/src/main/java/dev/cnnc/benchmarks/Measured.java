package dev.cnnc.benchmarks;

import dev.cnnc.compiler.measure.Times;

/**
 * The result of one process for one network.
 *
 * @param network its name
 * @param operations of a run: two for each multiply-add that the file writes
 * @param peak billions of operations that one thread could do in a second
 * @param pinned whether the calling thread stayed on one processor
 * @param difference largest difference between the first outputs, relative to the largest value
 */
record Measured(
    String network,
    long operations,
    double peak,
    boolean pinned,
    double difference,
    Times.Summary ours,
    Times.Summary theirs) {

  /** Ratio of the fastest runs; below 1 ours is faster. */
  double ratio() {
    return (double) ours.least() / theirs.least();
  }

  double medianRatio() {
    return (double) ours.median() / theirs.median();
  }
}
