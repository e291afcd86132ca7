package dev.cnnc.cli;

import dev.cnnc.compiler.measure.Times;
import dev.cnnc.runtime.Warmth;
import java.util.List;

/**
 * How fast a network is.
 *
 * @param compiling nanoseconds from graph to class files
 * @param loading nanoseconds to read, check and pack the weights and to make an instance
 * @param warmth the very first run, and when runs had stopped getting faster
 * @param times of runs behind that
 * @param bytesPerRun that the calling thread allocated
 * @param operations of a run: two for each multiply-add that the file writes
 * @param peak billions of operations a second that as many threads could do
 * @param profile empty if nobody asked for it
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
    List<Part> profile) {

  Bench {
    profile = List.copyOf(profile);
  }

  /**
   * A part of a run.
   *
   * @param layer it belongs to; empty for what lies between layers
   * @param kernel what ran
   * @param shape of the output, as text
   * @param nanoseconds on average of the runs that were looked at
   * @param operations that the layer asks for
   */
  record Part(String layer, String kernel, String shape, double nanoseconds, long operations) {

    /** Billions of operations a second. */
    double gigaflops() {
      return operations / nanoseconds;
    }
  }

  /** Of the fastest run. */
  double gigaflops() {
    return times.gigaflops(operations);
  }
}
