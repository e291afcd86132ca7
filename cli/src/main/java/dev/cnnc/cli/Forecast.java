package dev.cnnc.cli;

import dev.cnnc.compiler.predict.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a profile predicted, beside what was measured.
 *
 * @param parts in the order of the profile of a run
 */
record Forecast(List<Part> parts) {
  /** Shorter parts of a run are not worth a judgement. */
  private static final double SHARE = 0.01;

  private static final double NEAR = 0.2;
  private static final int WORST = 3;

  /**
   * One part of a run, in nanoseconds.
   *
   * @param known whether steps of its kind were calibrated
   */
  record Part(String layer, double measured, double predicted, boolean known) {

    /** Relative to what was measured. */
    double error() {
      return (predicted - measured) / measured;
    }

    private double distance() {
      return Math.abs(predicted - measured);
    }
  }

  Forecast {
    parts = List.copyOf(parts);
  }

  /**
   * Both for each part.
   *
   * @param measured all steps, then what lies outside of them
   */
  static Forecast of(Prediction prediction, List<Bench.Part> measured) {
    List<Part> parts = new ArrayList<>();
    for (int index = 0; index < measured.size(); index++) {
      Bench.Part part = measured.get(index);
      Prediction.Part predicted =
          index < prediction.steps().size()
              ? prediction.steps().get(index)
              : new Prediction.Part(prediction.inputAndOutput(), true);
      parts.add(
          new Part(part.layer(), part.nanoseconds(), predicted.nanoseconds(), predicted.known()));
    }
    return new Forecast(parts);
  }

  /** Nanoseconds of a run. */
  double predicted() {
    return parts.stream().mapToDouble(Part::predicted).sum();
  }

  /** The layers that take more than a hundredth of the run. */
  private Stream<Part> heavy() {
    double whole = parts.stream().mapToDouble(Part::measured).sum();
    return parts.stream()
        .filter(part -> !part.layer().isEmpty() && part.measured() > SHARE * whole);
  }

  /** Number of the layers that are worth a judgement. */
  long judged() {
    return heavy().count();
  }

  /** How many of them are predicted within a fifth. */
  long near() {
    return heavy().filter(part -> Math.abs(part.error()) <= NEAR).count();
  }

  /** Those whose prediction is off by most time. */
  List<Part> worst() {
    return heavy()
        .sorted(Comparator.comparingDouble(Part::distance).reversed())
        .limit(WORST)
        .toList();
  }
}
