package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Span;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The meaning of names at a place of the text.
 *
 * @param names the definitions of the file
 * @param parameters of the enclosing block
 * @param index of the innermost enclosing repetition
 * @param repetition place of that repetition
 * @param frame the enclosing block calls
 */
record Environment(
    Names names,
    Map<String, Datum> parameters,
    OptionalInt index,
    Optional<Span> repetition,
    Frame frame) {

  /** Outside of all blocks. */
  static Environment root(Names names) {
    return of(names, Map.of(), Frame.ROOT);
  }

  /** The environment in a block that is called with {@code parameters}. */
  static Environment of(Names names, Map<String, Datum> parameters, Frame frame) {
    return new Environment(names, parameters, OptionalInt.empty(), Optional.empty(), frame);
  }

  /** The same place, with the names and parameters of a block. */
  Environment with(Names others, Map<String, Datum> data) {
    return new Environment(others, data, index, repetition, frame);
  }

  /** The same place in one round of the repetition at {@code span}. */
  Environment at(int round, Span span) {
    return new Environment(names, parameters, OptionalInt.of(round), Optional.of(span), frame);
  }
}
