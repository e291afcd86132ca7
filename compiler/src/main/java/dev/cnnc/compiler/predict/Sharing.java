package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.plan.Step;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What becomes of the times of steps when several threads share them.
 *
 * @param alone by how much a step that is not shared takes longer: another core has written what it
 *     reads
 * @param kinds by name; {@link Work#ANY} among them
 * @param error mean relative error of the steps of the calibration
 */
public record Sharing(double alone, Map<String, Shared> kinds, double error) {

  /**
   * The shared steps of one kind.
   *
   * @param slowdown by how much the longest share takes longer than the same work of one thread
   * @param handover nanoseconds until all threads have begun, and are known to be done
   */
  public record Shared(double slowdown, double handover) {}

  public Sharing {
    kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
  }

  /**
   * The part of the work of a step that the busiest thread does; 1 if the step is not shared. It is
   * what the threads of a network begin with: who is done takes units of others, but only whole
   * ones.
   */
  public static double longest(Step step, int threads) {
    int parts = Math.min(threads, step.units());
    if (parts <= 1 || step.units() <= step.portion()) {
      return 1;
    }
    return (double) Math.ceilDiv(step.units(), parts) / step.units();
  }

  /**
   * The time of a step.
   *
   * @param single what one thread takes for all of it
   * @param longest the part of the busiest thread
   */
  double nanoseconds(String kind, double single, double longest) {
    if (longest == 1) {
      return alone * single;
    }
    Shared shared = kinds.getOrDefault(kind, kinds.get(Work.ANY));
    return shared == null ? single : shared.slowdown * longest * single + shared.handover;
  }
}
