package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long a run of a plan takes on a machine, warmed up and undisturbed.
 *
 * @param steps in the order of the plan
 * @param inputAndOutput nanoseconds to take the inputs and to return the outputs
 */
public record Prediction(List<Part> steps, double inputAndOutput) {
  /** Fewer steps than that say nothing about others of their kind. */
  private static final int FEWEST_SAMPLES = 3;

  private static final Sharing NOT_SHARED = new Sharing(1, Map.of(), 0);

  /**
   * One step.
   *
   * @param known whether steps of its kind were calibrated; else its numbers alone are known
   */
  public record Part(double nanoseconds, boolean known) {}

  public Prediction {
    steps = List.copyOf(steps);
  }

  /** The times of all steps of one thread. */
  public static Prediction of(Plan plan, MachineProfile profile) {
    return of(plan, profile, 1);
  }

  /**
   * The times of all steps.
   *
   * @param threads a number that the profile covers
   */
  public static Prediction of(Plan plan, MachineProfile profile, int threads) {
    Sharing sharing = threads == 1 ? NOT_SHARED : profile.sharing().get(threads);
    if (sharing == null) {
      throw new IllegalArgumentException(
          "the profile knows nothing of %s threads".formatted(threads));
    }
    List<Part> parts = new ArrayList<>();
    for (Work work : Work.of(plan, profile.host().lanes(), profile.readSpeed())) {
      Part single = part(work, profile);
      double longest = Sharing.longest(plan.steps().get(parts.size()), threads);
      parts.add(
          new Part(
              sharing.nanoseconds(work.kind(), single.nanoseconds(), longest), single.known()));
    }
    double outside = part(Work.outside(plan), profile).nanoseconds();
    return new Prediction(parts, sharing.nanoseconds(Work.OUTSIDE, outside, 1));
  }

  private static Part part(Work work, MachineProfile profile) {
    KindFactors own = profile.kinds().get(work.kind());
    if (own != null && own.samples() >= FEWEST_SAMPLES) {
      return new Part(own.nanoseconds(work), true);
    }
    KindFactors any = profile.kinds().get(Work.ANY);
    return new Part(any == null ? 0 : any.nanoseconds(work.general()), false);
  }

  /** Nanoseconds of a run. */
  public double nanoseconds() {
    return inputAndOutput + steps.stream().mapToDouble(Part::nanoseconds).sum();
  }

  /** Nanoseconds of the steps of which only the numbers are known. */
  public double guessed() {
    return steps.stream().filter(part -> !part.known()).mapToDouble(Part::nanoseconds).sum();
  }
}
