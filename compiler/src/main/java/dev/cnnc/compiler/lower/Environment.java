package dev.cnnc.compiler.lower;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What names mean at a place of the text, beside what the file defines.
 *
 * @param parameters of the block around it
 * @param index of the repetition around it
 * @param frame the block calls around it
 */
record Environment(Map<String, Datum> parameters, OptionalInt index, Frame frame) {

  static final Environment ROOT = new Environment(Map.of(), OptionalInt.empty(), Frame.ROOT);

  /** The same place in one round of a repetition. */
  Environment at(int round) {
    return new Environment(parameters, OptionalInt.of(round), frame);
  }
}
