package dev.cnnc.cli;

import dev.cnnc.cli.report.StepTimes;
import dev.cnnc.compiler.StoredTensors;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.measure.Reads;
import java.util.List;
import java.util.Optional;

/** Measures for a report, as {@code cnnc bench --profile} does. */
record ReportTimes(int threads, double seconds, Progress progress) {
  /** Bytes that any first cache holds. */
  private static final int CACHED = 1 << 14;

  private static final int CACHED_TIMES = 100;

  /** Bytes that hardly any cache holds. */
  private static final int UNCACHED = 1 << 27;

  private static final int UNCACHED_TIMES = 6;

  /**
   * The times of all steps at each of some sizes; the work between the steps belongs to none.
   *
   * @return one for each, or none if the tensors have errors
   */
  List<StepTimes> of(List<Network> sizes, List<Integer> chosen, StoredTensors tensors) {
    if (tensors.source().isEmpty()) {
      return List.of();
    }
    Built built = Built.of(new NetworkFile(sizes, 0, tensors.source().get()), progress);
    return chosen.stream().map(size -> measured(built.at(size))).toList();
  }

  private StepTimes measured(Built built) {
    Bench bench = new Stopwatch(threads, seconds, true, Optional.empty()).time(built, progress);
    int steps = bench.profile().size() - 1;
    return new StepTimes(
        "measured",
        "%s, %s lanes, Java %s"
            .formatted(
                threads == 1 ? "1 thread" : threads + " threads",
                bench.lanes(),
                Runtime.version().feature()),
        bench.times().median(),
        bench.profile().subList(0, steps).stream().map(Bench.Part::nanoseconds).toList(),
        bounds(bench.peak()));
  }

  /** As for the peak, each thread counts as if it were alone. */
  private StepTimes.Bounds bounds(double peak) {
    return new StepTimes.Bounds(
        peak,
        threads / Reads.nanosecondsPerByte(CACHED, CACHED_TIMES),
        threads / Reads.nanosecondsPerByte(UNCACHED, UNCACHED_TIMES));
  }
}
