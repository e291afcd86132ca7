package dev.cnnc.compiler;

import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.ir.Budget;
import dev.cnnc.compiler.ir.Budget.Limit;
import dev.cnnc.compiler.ir.Budget.Measure;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.load.ClassSize;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.StepCost;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Compares a cost with the limits of a file. */
public final class BudgetCheck {
  private static final int SHOWN = 3;

  private final NetworkCost cost;
  private final Graph written;
  private final Backend backend;

  private BudgetCheck(Network written, Backend backend, Network.Weights weights) {
    this.cost = NetworkCost.of(written, backend.plan(), weights);
    this.written = written.graph();
    this.backend = backend;
  }

  /**
   * An error for each limit that is exceeded, or that cannot be checked, at its line.
   *
   * @param weights where the stored tensors come from
   */
  public static List<Diagnostic> of(
      Budget budget, List<Network> sizes, Backend backend, Network.Weights weights) {
    if (budget.limits().isEmpty()) {
      return List.of();
    }
    Set<Limit> told = new HashSet<>();
    List<Diagnostic> broken = new ArrayList<>();
    for (int size = 0; size < sizes.size(); size++) {
      BudgetCheck check = new BudgetCheck(sizes.get(size), backend.at(size), weights);
      for (Limit limit : budget.limits()) {
        if (!told.contains(limit)) {
          check
              .check(limit)
              .ifPresent(
                  problem -> {
                    told.add(limit);
                    broken.add(problem);
                  });
        }
      }
    }
    return broken;
  }

  private Optional<Diagnostic> check(Limit limit) {
    return switch (limit.measure()) {
      case MACS -> check(limit, cost.macs(), () -> heaviest("MACs", byLayer(Cost::macs)));
      case MULTIPLICATIONS ->
          check(
              limit,
              cost.multiplications(),
              () -> heaviest("multiplications", byStep(StepCost::multiplications, Long::sum)));
      case PARAMETERS ->
          check(limit, cost.parameters(), () -> heaviest("parameters", byLayer(Cost::parameters)));
      case WEIGHTS ->
          check(limit, cost.weightsFile(), () -> heaviest("parameters", byLayer(Cost::parameters)));
      case ARENA ->
          check(
              limit,
              cost.arena(),
              () -> heaviest("bytes alive", byStep(bytes(StepCost::alive), Math::max)));
      case MEMORY ->
          check(
              limit,
              cost.memory(),
              () ->
                  heaviest("bytes of packed weights", byStep(bytes(StepCost::weights), Long::sum)));
      case LATENCY -> LatencyCheck.of(limit, backend.plan());
      case CODE -> {
        ClassSize code = ClassSize.of(backend.java().sources());
        yield check(
            limit,
            code.bytes(),
            () ->
                "the largest method is %s, %s bytes of bytecode"
                    .formatted(code.largestMethod(), number(code.largestBytecode())));
      }
    };
  }

  private interface Reason {
    String text();
  }

  private static Optional<Diagnostic> check(Limit limit, long actual, Reason reason) {
    if (actual <= limit.most()) {
      return Optional.empty();
    }
    Measure measure = limit.measure();
    String message =
        "%s %s: %s more than the budget of %s"
            .formatted(
                measure.word(),
                number(actual) + (measure.unit() == Budget.Unit.BYTES ? " bytes" : ""),
                number(actual - limit.most()),
                number(limit.most()));
    return Optional.of(broken(limit, message, reason.text()));
  }

  /** The error of a limit that is exceeded. */
  static Diagnostic broken(Limit limit, String message, String help) {
    return new Diagnostic(
        "E322", Severity.ERROR, Optional.of(limit.span()), message, List.of(), Optional.of(help));
  }

  /** Of the layers as the file says them. */
  private Map<String, Long> byLayer(ToLongFunction<Cost> part) {
    Map<String, Long> layers = new LinkedHashMap<>();
    written
        .nodes()
        .forEach(
            node -> layers.merge(node.name(), part.applyAsLong(Cost.of(written, node)), Long::sum));
    return layers;
  }

  private static ToLongFunction<StepCost> bytes(ToLongFunction<StepCost> floats) {
    return step -> Float.BYTES * floats.applyAsLong(step);
  }

  /**
   * Of the layers of the plan.
   *
   * @param both of two steps of a layer
   */
  private Map<String, Long> byStep(ToLongFunction<StepCost> part, BinaryOperator<Long> both) {
    Map<String, Long> layers = new LinkedHashMap<>();
    cost.steps()
        .forEach(step -> layers.merge(step.step().node().name(), part.applyAsLong(step), both));
    return layers;
  }

  private static String heaviest(String unit, Map<String, Long> layers) {
    return heaviest(unit, layers, BudgetCheck::number);
  }

  /** The three layers with the largest numbers. */
  static <N extends Number & Comparable<N>> String heaviest(
      String unit, Map<String, N> layers, Function<N, String> text) {
    return layers.entrySet().stream()
        .sorted(Map.Entry.<String, N>comparingByValue().reversed())
        .limit(SHOWN)
        .filter(each -> each.getValue().doubleValue() > 0)
        .map(each -> each.getKey() + " " + text.apply(each.getValue()))
        .collect(Collectors.joining(", ", "most " + unit + ": ", ""));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
