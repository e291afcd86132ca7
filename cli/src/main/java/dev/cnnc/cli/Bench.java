package dev.cnnc.cli;

import dev.cnnc.compiler.measure.Times;
import dev.cnnc.runtime.Warmth;
import java.util.List;
import java.util.Optional;

/**
 * Measurements of one network.
 *
 * @param compiling nanoseconds from graph to class files
 * @param loading nanoseconds to read, check and pack the weights and to make an instance
 * @param warmth the first run, and the time until runs stopped getting faster
 * @param times of the runs after that
 * @param bytesPerRun bytes that the calling thread allocated in a run
 * @param operations of a run: two for each multiply-add that the file writes
 * @param peak billions of operations that this number of threads could do in a second
 * @param profile empty if not requested
 * @param predicted the same parts as they were predicted, if that was requested
 */
record Bench(
    String network,
    int threads,
    int lanes,
    long compiling,
    long loading,
    Warmth warmth,
    Times.Summary times,
    double bytesPerRun,
    long operations,
    double peak,
    List<Part> profile,
    Optional<Forecast> predicted) {

  Bench {
    profile = List.copyOf(profile);
  }

  /**
   * A part of a run.
   *
   * @param layer the layer, or empty for work between layers
   * @param kernel the kernel
   * @param shape of the output, as text
   * @param nanoseconds average over the runs that were profiled
   * @param operations of the layer
   */
  record Part(String layer, String kernel, String shape, double nanoseconds, long operations) {

    /** Billions of operations a second. */
    double gigaflops() {
      return operations / nanoseconds;
    }
  }

  /** Billions of operations a second in the fastest run. */
  double gigaflops() {
    return times.gigaflops(operations);
  }
}
