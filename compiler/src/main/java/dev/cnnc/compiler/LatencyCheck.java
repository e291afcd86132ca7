package dev.cnnc.compiler;

import dev.cnnc.compiler.ir.Budget.Limit;
import dev.cnnc.compiler.ir.Budget.Machine;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.Prediction;
import dev.cnnc.compiler.predict.UnusableProfileException;
import dev.cnnc.compiler.predict.UsableProfile;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Diagnostic.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares the predicted time of a run with a limit, which names the machine. */
final class LatencyCheck {
  private static final double MICROSECOND = 1e3;
  private static final double MILLISECOND = 1e6;

  private LatencyCheck() {}

  /** An error if the run takes longer, or if nobody can say how long it takes. */
  static Optional<Diagnostic> of(Limit limit, Plan plan) {
    Machine machine = limit.machine().orElseThrow();
    MachineProfile profile;
    try {
      profile = UsableProfile.read(machine.profile());
    } catch (UnusableProfileException problem) {
      return Optional.of(
          new Diagnostic(
              "E324",
              Severity.ERROR,
              Optional.of(machine.span()),
              String.valueOf(problem.getMessage()),
              List.of(),
              Optional.of(problem.cure())));
    }
    Prediction run = Prediction.of(plan, profile);
    double over = run.nanoseconds() - limit.most();
    if (over <= 0) {
      return Optional.empty();
    }
    String message =
        "latency %s ms: %s more than the budget of %s, predicted for %s"
            .formatted(
                number("%,.3f", run.nanoseconds() / MILLISECOND),
                number("%,.3f", over / MILLISECOND),
                number("%,.3f", limit.most() / MILLISECOND),
                profile.host().cpu());
    String heaviest =
        BudgetCheck.heaviest(
            "microseconds", layers(plan, run), time -> number("%,.1f", time / MICROSECOND));
    String error = number("%.1f", 100 * profile.error());
    return Optional.of(
        BudgetCheck.broken(
            limit,
            message,
            "%s; steps of the calibration were off by %s %% on average"
                .formatted(heaviest, error)));
  }

  private static Map<String, Double> layers(Plan plan, Prediction run) {
    Map<String, Double> layers = new LinkedHashMap<>();
    for (int index = 0; index < plan.steps().size(); index++) {
      layers.merge(
          plan.steps().get(index).node().name(), run.steps().get(index).nanoseconds(), Double::sum);
    }
    return layers;
  }

  /** The same in every locale. */
  private static String number(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
