package dev.cnnc.benchmarks;

import dev.cnnc.compiler.measure.Clock;
import dev.cnnc.compiler.measure.Times;
import java.util.List;

/**
 * Times contenders in turns, block after block, so that a disturbance of the machine slows all of
 * them.
 */
final class Turns {
  private static final int LEAST_RUNS = 20;
  private static final int LEAST_BLOCK = 3;
  private static final long BLOCK_NANOSECONDS = 50_000_000;

  /**
   * Time until the data of the other contender are out of the caches and its threads have stopped
   * spinning.
   */
  private static final long LEAD_NANOSECONDS = 5_000_000;

  private Turns() {}

  /** The times of each contender, in the given order. */
  static List<Times> take(List<Contender> contenders, Clock clock, double seconds) {
    List<Times> times = contenders.stream().map(_ -> new Times()).toList();
    long start = System.nanoTime();
    while (System.nanoTime() - start < seconds * 1e9
        || times.stream().anyMatch(each -> each.count() < LEAST_RUNS)) {
      for (int i = 0; i < contenders.size(); i++) {
        block(contenders.get(i), clock, times.get(i));
      }
    }
    return times;
  }

  private static void block(Contender contender, Clock clock, Times times) {
    long lead = System.nanoTime();
    do {
      contender.run();
    } while (System.nanoTime() - lead < LEAD_NANOSECONDS);
    long start = System.nanoTime();
    for (int i = 0; i < LEAST_BLOCK || System.nanoTime() - start < BLOCK_NANOSECONDS; i++) {
      long before = clock.nanoseconds();
      contender.run();
      times.add(clock.nanoseconds() - before);
    }
  }
}
