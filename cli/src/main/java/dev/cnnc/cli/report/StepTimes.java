package dev.cnnc.cli.report;

import java.util.List;

/**
 * The time of each step of a run.
 *
 * @param name how the times are known: {@code measured}
 * @param where the machine and the settings, for people
 * @param whole nanoseconds of a run, as its median
 * @param steps nanoseconds of each step
 * @param peak billions of operations that the machine could do in a second
 */
public record StepTimes(String name, String where, double whole, List<Double> steps, double peak) {

  public StepTimes {
    steps = List.copyOf(steps);
  }
}
