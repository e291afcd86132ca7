package dev.cnnc.compiler.ir;

import dev.cnnc.dsl.Span;
import java.util.List;

/** The most that a network may cost, as its file says. */
public record Budget(List<Limit> limits) {

  public Budget {
    limits = List.copyOf(limits);
  }

  /** What can be limited. */
  public enum Measure {
    /** As the file is written. */
    MACS(false),
    /** Of sums of products, as the class computes them. */
    MULTIPLICATIONS(false),
    PARAMETERS(false),
    /** The weights file. */
    WEIGHTS(true),
    ARENA(true),
    /** One loaded instance with one thread. */
    MEMORY(true),
    /** All class files. */
    CODE(true);

    private final boolean inBytes;

    Measure(boolean inBytes) {
      this.inBytes = inBytes;
    }

    public boolean inBytes() {
      return inBytes;
    }
  }

  /**
   * One limit.
   *
   * @param most bytes, or a number
   * @param span where it is written
   */
  public record Limit(Measure measure, long most, Span span) {}
}
