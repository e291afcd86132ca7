package dev.cnnc.compiler.ir;

import dev.cnnc.dsl.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The most that a network may cost, as its file says. */
public record Budget(List<Limit> limits) {

  public Budget {
    limits = List.copyOf(limits);
  }

  /** What numbers of a limit count. */
  public enum Unit {
    PIECES,
    BYTES,
    NANOSECONDS
  }

  /** What can be limited. */
  public enum Measure {
    /** As the file is written. */
    MACS(Unit.PIECES),
    /** Of sums of products, as the class computes them. */
    MULTIPLICATIONS(Unit.PIECES),
    PARAMETERS(Unit.PIECES),
    /** The weights file. */
    WEIGHTS(Unit.BYTES),
    ARENA(Unit.BYTES),
    /** One loaded instance with one thread. */
    MEMORY(Unit.BYTES),
    /** All class files. */
    CODE(Unit.BYTES),
    /** A run with one thread, as it is predicted for a machine. */
    LATENCY(Unit.NANOSECONDS);

    private final Unit unit;

    Measure(Unit unit) {
      this.unit = unit;
    }

    public Unit unit() {
      return unit;
    }

    /** How a file writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The machine of a predicted time.
   *
   * @param profile the file that cnnc calibrate made there
   * @param span where it is written
   */
  public record Machine(Path profile, Span span) {}

  /**
   * One limit.
   *
   * @param most in the unit of the measure
   * @param machine there if, and only if, the latency is limited
   * @param span where it is written
   */
  public record Limit(Measure measure, long most, Optional<Machine> machine, Span span) {}

  /** The files that a check needs. */
  public List<Path> profiles() {
    return limits.stream()
        .flatMap(limit -> limit.machine().stream())
        .map(Machine::profile)
        .toList();
  }
}
