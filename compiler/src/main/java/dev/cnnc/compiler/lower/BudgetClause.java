package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Budget;
import dev.cnnc.compiler.ir.Budget.Limit;
import dev.cnnc.compiler.ir.Budget.Measure;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code budget { macs <= 4.2G; arena <= 8 MiB }}: limits that the compiler enforces. */
public final class BudgetClause {
  private static final Map<String, Long> NUMBERS =
      new TreeMap<>(Map.of("K", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L));

  private static final Map<String, Long> BYTES =
      new TreeMap<>(
          Map.of(
              "B", 1L,
              "KB", 1_000L,
              "MB", 1_000_000L,
              "GB", 1_000_000_000L,
              "KiB", 1L << 10,
              "MiB", 1L << 20,
              "GiB", 1L << 30));

  private final Problems problems;

  BudgetClause(Problems problems) {
    this.problems = problems;
  }

  /** The limits of a file without errors; none if it has no budget. */
  public static Budget of(Ast.Network tree) {
    return new Budget(
        tree.statements().stream()
            .filter(Ast.Budget.class::isInstance)
            .flatMap(budget -> new BudgetClause(new Problems()).read((Ast.Budget) budget).stream())
            .toList());
  }

  /** Limits that were written outside of a file: either they are good, or there are diagnostics. */
  public record Outside(Budget budget, List<Diagnostic> diagnostics) {}

  /**
   * Reads limits such as {@code macs <= 4.2G; arena <= 8 MiB} that stand outside of a file.
   *
   * @param origin what messages call the text
   */
  public static Outside outside(String origin, String limits) {
    var parsed = Parser.parse(new Source(origin, "budget { " + limits + " }"));
    Problems problems = new Problems();
    List<Limit> read =
        parsed.network().statements().stream()
            .filter(Ast.Budget.class::isInstance)
            .flatMap(budget -> new BudgetClause(problems).read((Ast.Budget) budget).stream())
            .toList();
    List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
    diagnostics.addAll(problems.found());
    return new Outside(new Budget(read), diagnostics);
  }

  /** Reads the clause. Faulty limits are reported and left out. */
  List<Limit> read(Ast.Budget clause) {
    List<Limit> limits = new ArrayList<>();
    Set<Measure> seen = EnumSet.noneOf(Measure.class);
    for (Ast.Limit limit : clause.limits()) {
      measure(limit)
          .ifPresent(
              measure -> {
                if (!seen.add(measure)) {
                  report(limit, "budget limits " + limit.name().text() + " twice", "remove one");
                }
                most(limit, measure)
                    .ifPresent(most -> limits.add(new Limit(measure, most, limit.span())));
              });
    }
    return limits;
  }

  private Optional<Measure> measure(Ast.Limit limit) {
    String name = limit.name().text();
    Optional<Measure> measure =
        Arrays.stream(Measure.values()).filter(each -> word(each).equals(name)).findFirst();
    if (measure.isEmpty() && name.equals("latency")) {
      report(
          limit,
          "latency cannot be limited: a predicted time is not exact",
          "limit macs, and see the time with cnnc cost --on PROFILE");
    } else if (measure.isEmpty()) {
      List<String> names = Arrays.stream(Measure.values()).map(BudgetClause::word).toList();
      report(
          limit,
          "budget has no %s: it has %s".formatted(name, String.join(", ", names)),
          Nearest.question(name, names).orElse("remove it"));
    } else if (limit.profile().isPresent()) {
      report(limit, name + " is the same on every machine", "remove on and the profile");
    }
    return measure;
  }

  private Optional<Long> most(Ast.Limit limit, Measure measure) {
    Map<String, Long> units = measure.inBytes() ? BYTES : NUMBERS;
    String unit = limit.unit().map(Ast.Name::text).orElse("");
    Optional<BigDecimal> number = number(limit.most());
    boolean known = units.containsKey(unit) || (unit.isEmpty() && !measure.inBytes());
    if (number.isEmpty() || !known) {
      report(
          limit,
          "a limit of %s is a number%s one of %s"
              .formatted(
                  word(measure),
                  measure.inBytes() ? " and" : ", and may have",
                  units.keySet().stream().collect(Collectors.joining(", "))),
          "write %s <= %s".formatted(word(measure), measure.inBytes() ? "8 MiB" : "4.2G"));
      return Optional.empty();
    }
    BigDecimal most = number.get().multiply(BigDecimal.valueOf(units.getOrDefault(unit, 1L)));
    return Optional.of(
        most.min(BigDecimal.valueOf(Long.MAX_VALUE)).setScale(0, RoundingMode.FLOOR).longValue());
  }

  /** A number as it is written, without arithmetic. */
  private static Optional<BigDecimal> number(Ast.Expression expression) {
    if (expression instanceof Ast.Int(long value, _)) {
      return Optional.of(BigDecimal.valueOf(value));
    }
    return expression instanceof Ast.Real(_, String text, _)
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private static String word(Measure measure) {
    return measure.name().toLowerCase(Locale.ROOT);
  }

  private void report(Ast.Limit limit, String message, String help) {
    problems.add(Code.E225, limit.span(), Frame.ROOT, message, help);
  }
}
