package dev.cnnc.compiler.calibrate;

import java.time.Duration;
import java.util.List;

/**
 * How much a calibration measures.
 *
 * @param threads that share steps, in a second measurement of each network; 1 for none
 * @param networks in whose steps the kernels are measured
 * @param patience for each of them
 * @param mostBytes of memory that is read round and round
 */
record Extent(
    int threads, List<CalibrationNetwork> networks, TimedPlan.Patience patience, int mostBytes) {

  Extent {
    networks = List.copyOf(networks);
  }

  /** Everything, in about three minutes with one thread. */
  static Extent full(int threads) {
    return new Extent(
        threads,
        List.of(CalibrationNetwork.values()),
        new TimedPlan.Patience(
            Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(2), 40),
        1 << 27);
  }

  /** A few runs of the smallest network, to see whether a calibration works at all. */
  static Extent trial(int threads) {
    return new Extent(
        threads,
        List.of(CalibrationNetwork.SMALL),
        new TimedPlan.Patience(Duration.ZERO, Duration.ZERO, Duration.ZERO, 3),
        1 << 18);
  }
}
