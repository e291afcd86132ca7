package dev.cnnc.compiler.ir;

import java.util.Locale;

/** Ops that compute, beside those of the networks that the language began with. */
public sealed interface Computation extends Op.Family {

  /**
   * Two inputs or more, from the left: {@code (a - b) - c}. A side of 1 is repeated to the length
   * of the others'. Sums and products of equal shapes are {@link Op.Add} and {@link Op.Multiply}.
   */
  record Combine(Operator operator) implements Computation {}

  /** What becomes of two elements. */
  enum Operator {
    ADD,
    SUB,
    MUL,
    DIV,
    MIN,
    MAX,
    POW;

    /** {@code sub}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Two inputs, {@code [n, rows, inner]} and {@code [n, inner, columns]}: in every channel the
   * product of two matrices. One channel is repeated.
   */
  record MatMul() implements Computation {}

  /** How many inputs it takes, of which the node has {@code given}. */
  default int inputs(int given) {
    return switch (this) {
      case Combine _ -> Math.max(2, given);
      case MatMul _ -> 2;
    };
  }

  /** {@code matmul}. */
  default String word() {
    return switch (this) {
      case Combine(Operator operator) -> operator.word();
      case MatMul _ -> "matmul";
    };
  }
}
