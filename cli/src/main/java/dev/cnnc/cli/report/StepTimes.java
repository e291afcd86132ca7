package dev.cnnc.cli.report;

import java.util.List;

/**
 * The time of each step of a run.
 *
 * @param name how the times are known: {@code measured} or {@code predicted}
 * @param where the machine and the settings, for people
 * @param whole nanoseconds of a run; of those measured, the median
 * @param steps nanoseconds of each step
 * @param bounds what no step can exceed on that machine
 */
public record StepTimes(
    String name, String where, double whole, List<Double> steps, Bounds bounds) {

  /**
   * What a machine could do at best.
   *
   * @param peak billions of operations in a second
   * @param cache billions of bytes that are read in a second from the fastest cache
   * @param memory the same from memory
   */
  public record Bounds(double peak, double cache, double memory) {}

  public StepTimes {
    steps = List.copyOf(steps);
  }
}
