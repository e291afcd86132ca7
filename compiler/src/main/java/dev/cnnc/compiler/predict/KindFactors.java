package dev.cnnc.compiler.predict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the work of one kind of kernel takes on a machine.
 *
 * @param factors nanoseconds for each unit of an amount, by its name; 0 where there is none
 * @param samples steps that they were found in
 * @param error mean relative error in these steps
 */
public record KindFactors(Map<String, Double> factors, int samples, double error) {
  public KindFactors {
    factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
  }

  /** The time of a step of this kind. */
  public double nanoseconds(Work work) {
    return work.amounts().entrySet().stream()
        .mapToDouble(each -> each.getValue() * factors.getOrDefault(each.getKey(), 0.0))
        .sum();
  }
}
