package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.predict.KindFactors;
import dev.cnnc.compiler.predict.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the factors of a machine in measured steps. */
final class Fit {
  /** Nanoseconds below which a difference does not count: the clock itself takes some of them. */
  static final double CLOCK = 200;

  private Fit() {}

  /** A step and how many nanoseconds it took. */
  record Sample(Work work, double nanoseconds) {}

  /** The factors of all kinds among the samples, and of {@link Work#ANY}. */
  static Map<String, KindFactors> of(List<Sample> samples) {
    Map<String, List<Sample>> kinds = new TreeMap<>();
    for (Sample sample : samples) {
      kinds.computeIfAbsent(sample.work().kind(), _ -> new ArrayList<>()).add(sample);
      kinds
          .computeIfAbsent(Work.ANY, _ -> new ArrayList<>())
          .add(new Sample(sample.work().general(), sample.nanoseconds()));
    }
    Map<String, KindFactors> fitted = new LinkedHashMap<>();
    kinds.forEach((kind, some) -> fitted.put(kind, kind(some)));
    return fitted;
  }

  /** The factors whose relative errors are least. */
  private static KindFactors kind(List<Sample> samples) {
    Set<String> names = new LinkedHashSet<>();
    samples.forEach(sample -> names.addAll(sample.work().amounts().keySet()));
    double[][] rows = new double[samples.size()][names.size()];
    double[] numbers = new double[samples.size()];
    for (int index = 0; index < rows.length; index++) {
      Sample sample = samples.get(index);
      double weight = 1 / (sample.nanoseconds() + CLOCK);
      int column = 0;
      for (String name : names) {
        rows[index][column++] = weight * sample.work().amounts().getOrDefault(name, 0.0);
      }
      numbers[index] = weight * sample.nanoseconds();
    }
    double[] solved = NonNegativeLeastSquares.solve(rows, numbers);
    Map<String, Double> factors = new LinkedHashMap<>();
    int column = 0;
    for (String name : names) {
      if (solved[column] > 0) {
        factors.put(name, solved[column]);
      }
      column++;
    }
    KindFactors fitted = new KindFactors(factors, samples.size(), 0);
    double error =
        samples.stream()
            .mapToDouble(
                sample ->
                    Math.abs(fitted.nanoseconds(sample.work()) - sample.nanoseconds())
                        / (sample.nanoseconds() + CLOCK))
            .average()
            .orElse(0);
    return new KindFactors(factors, samples.size(), error);
  }
}
