package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a run of a plan takes on a machine, warmed up and undisturbed.
 *
 * @param steps in the order of the plan
 * @param inputAndOutput nanoseconds to take the inputs and to return the outputs
 */
public record Prediction(List<Part> steps, double inputAndOutput) {
  /** Fewer steps than that say nothing about others of their kind. */
  private static final int FEWEST_SAMPLES = 3;

  /**
   * One step.
   *
   * @param known whether steps of its kind were calibrated; else its numbers alone are known
   */
  public record Part(double nanoseconds, boolean known) {}

  public Prediction {
    steps = List.copyOf(steps);
  }

  /** The times of all steps. */
  public static Prediction of(Plan plan, MachineProfile profile) {
    List<Part> parts = new ArrayList<>();
    for (Work work : Work.of(plan, profile.host().lanes(), profile.readSpeed())) {
      parts.add(part(work, profile));
    }
    return new Prediction(parts, part(Work.outside(plan), profile).nanoseconds());
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
