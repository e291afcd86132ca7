package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.Prediction;
import dev.cnnc.compiler.predict.Sharing;
import dev.cnnc.compiler.predict.Sharing.Shared;
import dev.cnnc.compiler.predict.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds what sharing costs, in steps that were measured with one thread and with more. */
final class SharingFit {
  /** Fewer steps than that say nothing about others of their kind. */
  private static final int FEWEST_SAMPLES = 3;

  private SharingFit() {}

  /**
   * A step, in nanoseconds.
   *
   * @param ideal of the longest share, if it were as fast as one thread
   */
  private record Sample(double ideal, double nanoseconds) {
    /**
     * Relative to one thread: a step that the JIT had not compiled when one thread was measured
     * looks long, and must not count more than others.
     */
    private double weight() {
      return 1 / (ideal + Fit.CLOCK);
    }
  }

  /** For each number of threads above one. */
  static Map<Integer, Sharing> of(List<TimedPlan> times, MachineProfile single) {
    Map<Integer, Sharing> all = new TreeMap<>();
    for (int threads : times.getFirst().shared().keySet()) {
      Sharing fitted = of(threads, times, single);
      double error = error(threads, times, single.with(Map.of(threads, fitted)));
      all.put(threads, new Sharing(fitted.alone(), fitted.kinds(), error));
    }
    return all;
  }

  private static Sharing of(int threads, List<TimedPlan> times, MachineProfile single) {
    List<Sample> alone = new ArrayList<>();
    Map<String, List<Sample>> kinds = new TreeMap<>();
    for (TimedPlan one : times) {
      List<Work> work = Work.of(one.plan(), single.host().lanes(), single.readSpeed());
      List<Double> measured = one.shared().getOrDefault(threads, List.of());
      for (int step = 0; step < work.size(); step++) {
        double longest = Sharing.longest(one.plan().steps().get(step), threads);
        Sample sample = new Sample(longest * one.nanoseconds().get(step), measured.get(step));
        if (longest == 1) {
          alone.add(sample);
        } else {
          kinds.computeIfAbsent(work.get(step).kind(), _ -> new ArrayList<>()).add(sample);
          kinds.computeIfAbsent(Work.ANY, _ -> new ArrayList<>()).add(sample);
        }
      }
    }
    Map<String, Shared> fitted = new LinkedHashMap<>();
    kinds.forEach(
        (kind, samples) -> {
          if (samples.size() >= FEWEST_SAMPLES || kind.equals(Work.ANY)) {
            fitted.put(kind, shared(samples));
          }
        });
    return new Sharing(alone.isEmpty() ? 1 : slowdown(alone), fitted, 0);
  }

  /** The factor whose relative errors are least. */
  private static double slowdown(List<Sample> samples) {
    return 1 + solve(samples, new double[samples.size()][1])[0];
  }

  private static Shared shared(List<Sample> samples) {
    double[][] rows = new double[samples.size()][2];
    for (int index = 0; index < rows.length; index++) {
      rows[index][1] = samples.get(index).weight();
    }
    double[] solved = solve(samples, rows);
    return new Shared(1 + solved[0], solved[1]);
  }

  /** What is beyond the ideal, and never negative: company makes no thread faster. */
  private static double[] solve(List<Sample> samples, double[][] rows) {
    double[] numbers = new double[rows.length];
    for (int index = 0; index < rows.length; index++) {
      Sample sample = samples.get(index);
      rows[index][0] = sample.weight() * sample.ideal();
      numbers[index] = sample.weight() * (sample.nanoseconds() - sample.ideal());
    }
    return NonNegativeLeastSquares.solve(rows, numbers);
  }

  /** Of the whole prediction, which includes the error of the times of one thread. */
  private static double error(int threads, List<TimedPlan> times, MachineProfile profile) {
    double sum = 0;
    int count = 0;
    for (TimedPlan one : times) {
      List<Double> measured = one.shared().getOrDefault(threads, List.of());
      List<Prediction.Part> steps = Prediction.of(one.plan(), profile, threads).steps();
      for (int step = 0; step < steps.size(); step++) {
        double off = Math.abs(steps.get(step).nanoseconds() - measured.get(step));
        sum += off / (measured.get(step) + Fit.CLOCK);
        count++;
      }
    }
    return sum / Math.max(1, count);
  }
}
