package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Span;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What names mean at a place of the text, beside what the file defines.
 *
 * @param parameters of the block around it
 * @param index of the repetition around it
 * @param repetition where that one stands
 * @param frame the block calls around it
 */
record Environment(
    Map<String, Datum> parameters, OptionalInt index, Optional<Span> repetition, Frame frame) {

  static final Environment ROOT =
      new Environment(Map.of(), OptionalInt.empty(), Optional.empty(), Frame.ROOT);

  /** What a block sees, called with {@code parameters}. */
  static Environment of(Map<String, Datum> parameters, Frame frame) {
    return new Environment(parameters, OptionalInt.empty(), Optional.empty(), frame);
  }

  /** The same place, but for its parameters. */
  Environment with(Map<String, Datum> others) {
    return new Environment(others, index, repetition, frame);
  }

  /** The same place in one round of the repetition at {@code span}. */
  Environment at(int round, Span span) {
    return new Environment(parameters, OptionalInt.of(round), Optional.of(span), frame);
  }
}
