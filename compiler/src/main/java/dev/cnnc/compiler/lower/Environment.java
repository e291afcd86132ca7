package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Span;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The meaning of names at a place of the text, in addition to the definitions of the file.
 *
 * @param parameters of the enclosing block
 * @param index of the innermost enclosing repetition
 * @param repetition place of that repetition
 * @param frame the enclosing block calls
 */
record Environment(
    Map<String, Datum> parameters, OptionalInt index, Optional<Span> repetition, Frame frame) {

  static final Environment ROOT =
      new Environment(Map.of(), OptionalInt.empty(), Optional.empty(), Frame.ROOT);

  /** The environment in a block that is called with {@code parameters}. */
  static Environment of(Map<String, Datum> parameters, Frame frame) {
    return new Environment(parameters, OptionalInt.empty(), Optional.empty(), frame);
  }

  /** The same place with other parameters. */
  Environment with(Map<String, Datum> others) {
    return new Environment(others, index, repetition, frame);
  }

  /** The same place in one round of the repetition at {@code span}. */
  Environment at(int round, Span span) {
    return new Environment(parameters, OptionalInt.of(round), Optional.of(span), frame);
  }
}
