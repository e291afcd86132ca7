package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Budget;
import dev.cnnc.compiler.ir.Budget.Limit;
import dev.cnnc.compiler.ir.Budget.Machine;
import dev.cnnc.compiler.ir.Budget.Measure;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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

  private static final Map<String, Long> TIMES =
      new TreeMap<>(Map.of("us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L));

  private final Problems problems;
  private final Project project;

  BudgetClause(Problems problems, Project project) {
    this.problems = problems;
    this.project = project;
  }

  /** The limits of a file without errors; none if it has no budget. */
  public static Budget of(Ast.Network tree, Project project) {
    return new Budget(read(tree, new BudgetClause(new Problems(), project)));
  }

  /** Limits that were written outside of a file: either they are good, or there are diagnostics. */
  public record Outside(Budget budget, List<Diagnostic> diagnostics) {}

  /**
   * Reads limits such as {@code macs <= 4.2G; arena <= 8 MiB} that stand outside of a file.
   *
   * @param origin what messages call the text
   * @param folder of relative paths
   */
  public static Outside outside(String origin, String limits, Path folder) {
    var parsed = Parser.parse(new Source(origin, "budget { " + limits + " }"));
    Problems problems = new Problems();
    List<Limit> read =
        read(parsed.network(), new BudgetClause(problems, new Project(folder, true)));
    List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
    diagnostics.addAll(problems.found());
    return new Outside(new Budget(read), diagnostics);
  }

  private static List<Limit> read(Ast.Network tree, BudgetClause clause) {
    return tree.statements().stream()
        .filter(Ast.Budget.class::isInstance)
        .flatMap(budget -> clause.read((Ast.Budget) budget).stream())
        .toList();
  }

  /** Reads the clause. Faulty limits are reported and left out. */
  List<Limit> read(Ast.Budget clause) {
    List<Limit> limits = new ArrayList<>();
    // A latency may be limited on each of several machines.
    Set<String> seen = new HashSet<>();
    for (Ast.Limit limit : clause.limits()) {
      measure(limit)
          .ifPresent(
              measure -> {
                Optional<Ast.Text> named = limit.profile().filter(_ -> measure == Measure.LATENCY);
                if (!seen.add(measure + named.map(Ast.Text::text).orElse(""))) {
                  report(limit, "budget limits " + limit.name().text() + " twice", "remove one");
                }
                Optional<Machine> profile = named.flatMap(this::machine);
                most(limit, measure)
                    .filter(_ -> measure != Measure.LATENCY || profile.isPresent())
                    .ifPresent(most -> limits.add(new Limit(measure, most, profile, limit.span())));
              });
    }
    return limits;
  }

  private Optional<Measure> measure(Ast.Limit limit) {
    String name = limit.name().text();
    Optional<Measure> measure =
        Arrays.stream(Measure.values()).filter(each -> each.word().equals(name)).findFirst();
    if (measure.isEmpty()) {
      List<String> names = Arrays.stream(Measure.values()).map(Measure::word).toList();
      report(
          limit,
          "budget has no %s: it has %s".formatted(name, String.join(", ", names)),
          Nearest.question(name, names).orElse("remove it"));
    } else if (measure.get() == Measure.LATENCY && limit.profile().isEmpty()) {
      report(
          limit,
          "latency belongs to a machine, and the limit names none",
          "write latency <= 40 ms on \"edge.profile.json\", a file that cnnc calibrate makes");
    } else if (measure.get() != Measure.LATENCY && limit.profile().isPresent()) {
      report(limit, name + " is the same on every machine", "remove on and the profile");
    }
    return measure;
  }

  private Optional<Machine> machine(Ast.Text profile) {
    try {
      Path file = project.folder().resolve(profile.text());
      if (project.allows(file)) {
        return Optional.of(new Machine(file, profile.span()));
      }
      Project.refuse(problems, profile.span(), Frame.ROOT, profile.text());
    } catch (InvalidPathException _) {
      problems.add(
          Code.E225, profile.span(), Frame.ROOT, "this is no path: \"" + profile.text() + '"');
    }
    return Optional.empty();
  }

  private Optional<Long> most(Ast.Limit limit, Measure measure) {
    Map<String, Long> units =
        switch (measure.unit()) {
          case PIECES -> NUMBERS;
          case BYTES -> BYTES;
          case NANOSECONDS -> TIMES;
        };
    boolean pieces = measure.unit() == Budget.Unit.PIECES;
    String unit = limit.unit().map(Ast.Name::text).orElse("");
    Optional<BigDecimal> number = number(limit.most());
    boolean known = units.containsKey(unit) || (unit.isEmpty() && pieces);
    if (number.isEmpty() || !known) {
      report(
          limit,
          "a limit of %s is a number%s one of %s"
              .formatted(
                  measure.word(),
                  pieces ? ", and may have" : " and",
                  units.keySet().stream().collect(Collectors.joining(", "))),
          "write %s <= %s".formatted(measure.word(), example(measure)));
      return Optional.empty();
    }
    BigDecimal most = number.get().multiply(BigDecimal.valueOf(units.getOrDefault(unit, 1L)));
    return Optional.of(
        most.min(BigDecimal.valueOf(Long.MAX_VALUE)).setScale(0, RoundingMode.FLOOR).longValue());
  }

  private static String example(Measure measure) {
    return switch (measure.unit()) {
      case PIECES -> "4.2G";
      case BYTES -> "8 MiB";
      case NANOSECONDS -> "40 ms on \"edge.profile.json\"";
    };
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

  private void report(Ast.Limit limit, String message, String help) {
    problems.add(Code.E225, limit.span(), Frame.ROOT, message, help);
  }
}
